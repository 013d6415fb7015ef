DROP INDEX "tokens_name";--> statement-breakpoint
DROP INDEX "tokens_expires_at";--> statement-breakpoint
CREATE INDEX "tokens_name" ON "tokens" USING btree ("name_key" collate "C","id","type");--> statement-breakpoint
CREATE INDEX "tokens_expires_at" ON "tokens" USING btree ("expires_at","id","type","revoked_at","retires_at");