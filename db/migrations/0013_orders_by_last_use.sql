CREATE TABLE "token_recency" (
	"token_id" bigint PRIMARY KEY NOT NULL,
	"type" "token_type" NOT NULL,
	"used_around" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "user_recency" (
	"user_id" bigint PRIMARY KEY NOT NULL,
	"seen_around" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
-- The step of ten minutes that a moment falls in.
CREATE FUNCTION recency_step(moment timestamptz) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN date_bin('10 minutes', moment, '2000-01-01T00:00:00Z');
--> statement-breakpoint
INSERT INTO "token_recency" SELECT "id", "type", recency_step("last_used_at") FROM "tokens" WHERE "last_used_at" IS NOT NULL;
--> statement-breakpoint
INSERT INTO "user_recency" SELECT "id", recency_step("last_seen_at") FROM "users" WHERE "last_seen_at" IS NOT NULL;
--> statement-breakpoint
DROP INDEX "tokens_expires_at";--> statement-breakpoint
ALTER TABLE "token_recency" ADD CONSTRAINT "token_recency_token_id_tokens_id_fk" FOREIGN KEY ("token_id") REFERENCES "public"."tokens"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_recency" ADD CONSTRAINT "user_recency_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "token_recency_used_around" ON "token_recency" USING btree ("used_around","token_id","type");--> statement-breakpoint
CREATE INDEX "user_recency_seen_around" ON "user_recency" USING btree ("seen_around","user_id");--> statement-breakpoint
CREATE INDEX "tokens_expires_at" ON "tokens" USING btree ("expires_at","id","type");--> statement-breakpoint
-- By triggers, so that it holds whoever notes a use. Most uses are in the step of the one before: these cost a comparison.
CREATE FUNCTION note_token_recency() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.last_used_at IS NULL THEN
    DELETE FROM token_recency WHERE token_id = NEW.id;
  ELSE
    INSERT INTO token_recency (token_id, type, used_around) VALUES (NEW.id, NEW.type, recency_step(NEW.last_used_at))
    ON CONFLICT (token_id) DO UPDATE SET type = excluded.type, used_around = excluded.used_around;
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER tokens_recency_at_first AFTER INSERT ON "tokens"
  FOR EACH ROW WHEN (NEW.last_used_at IS NOT NULL) EXECUTE FUNCTION note_token_recency();
--> statement-breakpoint
CREATE TRIGGER tokens_recency_moves AFTER UPDATE OF "last_used_at", "type" ON "tokens"
  FOR EACH ROW WHEN (recency_step(NEW.last_used_at) IS DISTINCT FROM recency_step(OLD.last_used_at) OR NEW.type <> OLD.type)
  EXECUTE FUNCTION note_token_recency();
--> statement-breakpoint
CREATE FUNCTION note_user_recency() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.last_seen_at IS NULL THEN
    DELETE FROM user_recency WHERE user_id = NEW.id;
  ELSE
    INSERT INTO user_recency (user_id, seen_around) VALUES (NEW.id, recency_step(NEW.last_seen_at))
    ON CONFLICT (user_id) DO UPDATE SET seen_around = excluded.seen_around;
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER users_recency_at_first AFTER INSERT ON "users"
  FOR EACH ROW WHEN (NEW.last_seen_at IS NOT NULL) EXECUTE FUNCTION note_user_recency();
--> statement-breakpoint
CREATE TRIGGER users_recency_moves AFTER UPDATE OF "last_seen_at" ON "users"
  FOR EACH ROW WHEN (recency_step(NEW.last_seen_at) IS DISTINCT FROM recency_step(OLD.last_seen_at))
  EXECUTE FUNCTION note_user_recency();
--> statement-breakpoint
ANALYZE "token_recency", "user_recency";
