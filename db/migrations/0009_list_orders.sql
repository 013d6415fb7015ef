DROP INDEX "tokens_created_at";--> statement-breakpoint
DROP INDEX "users_created_at";--> statement-breakpoint
CREATE INDEX "tokens_name" ON "tokens" USING btree ("name_key" collate "C","id");--> statement-breakpoint
CREATE INDEX "tokens_expires_at" ON "tokens" USING btree ("expires_at","id");--> statement-breakpoint
CREATE INDEX "users_name" ON "users" USING btree (lower("name") collate "C","id");--> statement-breakpoint
CREATE INDEX "users_role" ON "users" USING btree ("role","id");--> statement-breakpoint
CREATE INDEX "tokens_created_at" ON "tokens" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "users_created_at" ON "users" USING btree ("created_at","id");--> statement-breakpoint
-- Room in each page, so that noting a use (no index has that column) leaves the indexes alone.
ALTER TABLE "tokens" SET (fillfactor = 90);--> statement-breakpoint
ALTER TABLE "users" SET (fillfactor = 90);
