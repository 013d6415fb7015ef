CREATE TYPE "public"."token_use_outcome" AS ENUM('accepted', 'revoked', 'expired', 'deactivated');--> statement-breakpoint
CREATE TABLE "token_usage" (
	"token_id" bigint NOT NULL,
	"hour" timestamp (3) with time zone NOT NULL,
	"address" "inet" NOT NULL,
	"user_agent" text NOT NULL,
	"outcome" "token_use_outcome" NOT NULL,
	"count" bigint NOT NULL,
	"last_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "token_usage_token_id_hour_address_user_agent_outcome_pk" PRIMARY KEY("token_id","hour","address","user_agent","outcome")
);
--> statement-breakpoint
ALTER TABLE "tokens" ADD COLUMN "retires_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "tokens" ADD COLUMN "replaces_id" bigint;--> statement-breakpoint
ALTER TABLE "tokens" ADD COLUMN "last_refused_user_agent" text;--> statement-breakpoint
ALTER TABLE "token_usage" ADD CONSTRAINT "token_usage_token_id_tokens_id_fk" FOREIGN KEY ("token_id") REFERENCES "public"."tokens"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "token_usage_hour" ON "token_usage" USING btree ("hour");--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_replaces_id_tokens_id_fk" FOREIGN KEY ("replaces_id") REFERENCES "public"."tokens"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_one_successor" UNIQUE("replaces_id");