CREATE TABLE "audit_seals" (
	"number" integer PRIMARY KEY NOT NULL,
	"from_id" bigint NOT NULL,
	"to_id" bigint NOT NULL,
	"count" integer NOT NULL,
	"total" bigint NOT NULL,
	"entries" "bytea" NOT NULL,
	"hash" "bytea" NOT NULL,
	"sealed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "audit_seals_from_id_unique" UNIQUE("from_id"),
	CONSTRAINT "audit_seals_to_id_unique" UNIQUE("to_id"),
	CONSTRAINT "covers_something" CHECK ("audit_seals"."to_id" >= "audit_seals"."from_id" and "audit_seals"."count" > 0)
);
--> statement-breakpoint
DROP INDEX "audit_events_target";--> statement-breakpoint
-- Entries get their numbers from a sequence of their own, after their transaction has its number (db/schema.ts).
ALTER TABLE "audit_events" ALTER COLUMN "id" DROP IDENTITY;--> statement-breakpoint
CREATE SEQUENCE "audit_events_id_seq" OWNED BY "audit_events"."id";--> statement-breakpoint
SELECT setval('audit_events_id_seq', coalesce(max("id"), 0) + 1, false) FROM "audit_events";--> statement-breakpoint
ALTER TABLE "audit_events" ALTER COLUMN "id" SET DEFAULT case when pg_current_xact_id() is not null then nextval('audit_events_id_seq') end;--> statement-breakpoint
CREATE INDEX "audit_events_at" ON "audit_events" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "audit_events_action" ON "audit_events" USING btree ("action","at","id");--> statement-breakpoint
CREATE INDEX "audit_events_actor" ON "audit_events" USING btree ("actor_id","at","id");--> statement-breakpoint
CREATE INDEX "audit_events_actor_user_id" ON "audit_events" USING btree ("actor_user_id","at","id");--> statement-breakpoint
CREATE INDEX "audit_events_token" ON "audit_events" USING btree ("token_id","at","id") WHERE token_id is not null;--> statement-breakpoint
CREATE INDEX "audit_events_ip" ON "audit_events" USING btree ("ip","at","id");--> statement-breakpoint
CREATE INDEX "audit_events_request" ON "audit_events" USING hash ("request_id");--> statement-breakpoint
CREATE INDEX "audit_events_target" ON "audit_events" USING btree ("target_type","target_id","at","id");--> statement-breakpoint
CREATE OR REPLACE FUNCTION refuse_change_of_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% takes inserts only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END
$$;
--> statement-breakpoint
CREATE TRIGGER audit_seals_inserts_only BEFORE UPDATE OR DELETE ON "audit_seals"
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_audit();
--> statement-breakpoint
CREATE TRIGGER audit_seals_no_truncate BEFORE TRUNCATE ON "audit_seals"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit();
--> statement-breakpoint
-- Digests don't compress.
ALTER TABLE "audit_seals" ALTER COLUMN "entries" SET STORAGE EXTERNAL;
