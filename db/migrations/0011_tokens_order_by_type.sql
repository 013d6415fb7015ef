DROP INDEX "tokens_created_at";--> statement-breakpoint
CREATE INDEX "tokens_created_at" ON "tokens" USING btree ("created_at","id","type");