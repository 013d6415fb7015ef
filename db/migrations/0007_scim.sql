CREATE TABLE "scim_activity" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"last_request_at" timestamp (3) with time zone,
	"last_token_id" bigint,
	"last_token_name" text,
	"last_error_at" timestamp (3) with time zone,
	"last_error_request" text,
	"last_error_status" smallint,
	"last_error_detail" text,
	"last_error_token_name" text,
	CONSTRAINT "one_activity" CHECK ("scim_activity"."id" = 1)
);
--> statement-breakpoint
ALTER TABLE "teams" ADD COLUMN "external_id" text;--> statement-breakpoint
ALTER TABLE "teams" ADD COLUMN "provisioned_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "teams" ADD COLUMN "provisioned_by_token_id" bigint;--> statement-breakpoint
ALTER TABLE "teams" ADD COLUMN "provisioned_by_token_name" text;--> statement-breakpoint
ALTER TABLE "teams" ADD COLUMN "updated_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "external_id" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "attributes" jsonb;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "attributes_key" jsonb;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "provisioned_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "provisioned_by_token_id" bigint;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "provisioned_by_token_name" text;--> statement-breakpoint
CREATE INDEX "teams_external_id" ON "teams" USING btree ("external_id") WHERE "teams"."external_id" is not null;--> statement-breakpoint
CREATE INDEX "users_external_id" ON "users" USING btree ("external_id") WHERE "users"."external_id" is not null;--> statement-breakpoint
CREATE INDEX "users_attributes_key" ON "users" USING gin ("attributes_key" jsonb_path_ops) WITH (fastupdate=false);--> statement-breakpoint
UPDATE "teams" SET "updated_at" = "created_at";--> statement-breakpoint
ALTER TABLE "teams" ALTER COLUMN "updated_at" SET NOT NULL;--> statement-breakpoint
UPDATE "users" SET
	"attributes" = jsonb_build_object('displayName', "name") ||
		case when "email" is null then '{}' else jsonb_build_object('emails', jsonb_build_array(jsonb_build_object('value', "email", 'type', 'work', 'primary', true))) end,
	"attributes_key" = jsonb_build_object('displayName', lower(normalize("name", nfc))) ||
		case when "email" is null then '{}' else jsonb_build_object('emails', jsonb_build_array(jsonb_build_object('value', lower("email"), 'type', 'work', 'primary', true))) end
WHERE "user_type" = 'User';
