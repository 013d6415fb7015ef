-- Each use that is noted makes a new version of its token's row, and of its hour's. Where a page has room for it, the
-- indexes are left alone; 90 was too little where neighbours are used within the same seconds.
ALTER TABLE "tokens" SET (fillfactor = 70);--> statement-breakpoint
ALTER TABLE "token_usage" SET (fillfactor = 70);
