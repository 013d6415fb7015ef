-- Uses are noted in batches. One statement's steps are taken together: a call of the function for each row, and an insert
-- of its own, cost more than all the rest of noting a use.
CREATE FUNCTION note_token_recencies() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- In the order of their ids, so that two batches can't lock each other out.
  INSERT INTO token_recency (token_id, type, used_around)
    SELECT id, after.type, recency_step(after.last_used_at) FROM new_rows after JOIN old_rows before USING (id)
    WHERE after.last_used_at IS NOT NULL
      AND (recency_step(after.last_used_at) IS DISTINCT FROM recency_step(before.last_used_at) OR after.type <> before.type)
    ORDER BY id
    ON CONFLICT (token_id) DO UPDATE SET type = excluded.type, used_around = excluded.used_around;
  DELETE FROM token_recency USING new_rows after JOIN old_rows before USING (id)
    WHERE token_id = id AND after.last_used_at IS NULL AND before.last_used_at IS NOT NULL;
  RETURN NULL;
END
$$;
--> statement-breakpoint
DROP TRIGGER tokens_recency_moves ON "tokens";
--> statement-breakpoint
CREATE TRIGGER tokens_recency_moves AFTER UPDATE ON "tokens"
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION note_token_recencies();
--> statement-breakpoint
-- A page's neighbours are mostly made, and used, together: each has room for a second version of its row.
ALTER TABLE "tokens" SET (fillfactor = 50);
