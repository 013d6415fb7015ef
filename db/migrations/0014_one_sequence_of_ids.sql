CREATE SEQUENCE "public"."resource_ids" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
-- Nobody takes a number between the look at the old sequences and their end.
LOCK TABLE "users", "teams" IN ACCESS EXCLUSIVE MODE;--> statement-breakpoint
-- By the sequences, not the rows: the numbers of what was deleted are never given again.
SELECT setval('resource_ids', greatest(
  (SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM users_id_seq),
  (SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM teams_id_seq)
) + 1, false);--> statement-breakpoint
ALTER TABLE "teams" ALTER COLUMN "id" DROP IDENTITY;--> statement-breakpoint
ALTER TABLE "teams" ALTER COLUMN "id" SET DEFAULT nextval('resource_ids');--> statement-breakpoint
ALTER TABLE "users" ALTER COLUMN "id" DROP IDENTITY;--> statement-breakpoint
ALTER TABLE "users" ALTER COLUMN "id" SET DEFAULT nextval('resource_ids');
