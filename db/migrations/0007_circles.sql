CREATE TABLE `ballot_extensions` (
	`ballot` text NOT NULL,
	`from_at` integer NOT NULL,
	`to_at` integer NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`ballot`, `from_at`),
	FOREIGN KEY (`ballot`) REFERENCES `ballots`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `code_sheets` (
	`ballot` text NOT NULL,
	`before` integer NOT NULL,
	`codes` integer NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`ballot`, `before`),
	FOREIGN KEY (`ballot`) REFERENCES `ballots`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `ballots` ADD `electorate` text DEFAULT 'chosen' NOT NULL;--> statement-breakpoint
CREATE INDEX `electorates_added` ON `electorates` (`ballot`,`added_at`) WHERE added_at is not null;
--> statement-breakpoint
-- How the voters of older ballots were found was not noted. A list that leaves nobody out who had the vote is everybody's.
UPDATE ballots SET electorate = 'all' WHERE gathering IS NOT NULL OR committee IS NOT NULL OR NOT EXISTS (
  SELECT 1 FROM members m WHERE m.branch = ballots.branch AND m.stage = 'full' AND m.left_on IS NULL AND m.added_at <= ballots.opened_at
  AND NOT EXISTS (SELECT 1 FROM electorates e WHERE e.ballot = ballots.id AND e.member = m.id));
--> statement-breakpoint
-- Whether a resolution may be carried hangs on how the voters were found, hence that stays as it was at the opening.
CREATE TRIGGER ballots_electorate_frozen BEFORE UPDATE OF electorate ON ballots BEGIN SELECT RAISE(ABORT, 'constraint: ballot frozen'); END;
--> statement-breakpoint
-- The result card names every extension and every maker of codes: no row is taken back.
CREATE TRIGGER ballot_extensions_are_final BEFORE UPDATE ON ballot_extensions BEGIN SELECT RAISE(ABORT, 'constraint: ballot frozen'); END;
--> statement-breakpoint
CREATE TRIGGER ballot_extensions_are_kept BEFORE DELETE ON ballot_extensions BEGIN SELECT RAISE(ABORT, 'constraint: ballot frozen'); END;
--> statement-breakpoint
CREATE TRIGGER code_sheets_are_final BEFORE UPDATE ON code_sheets BEGIN SELECT RAISE(ABORT, 'constraint: codes are kept'); END;
--> statement-breakpoint
CREATE TRIGGER code_sheets_are_kept BEFORE DELETE ON code_sheets BEGIN SELECT RAISE(ABORT, 'constraint: codes are kept'); END;
