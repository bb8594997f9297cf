CREATE TABLE `ballot_inquiries` (
	`ballot` text PRIMARY KEY NOT NULL,
	`ended_at` integer NOT NULL,
	`ended_by` text NOT NULL,
	FOREIGN KEY (`ballot`) REFERENCES `ballots`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`ended_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `moving_marks` (
	`ballot` text NOT NULL,
	`was` text NOT NULL,
	`key` text NOT NULL,
	`sealed` text NOT NULL,
	PRIMARY KEY(`ballot`, `was`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `shuffled_boxes` (
	`ballot` text PRIMARY KEY NOT NULL,
	`votes` integer NOT NULL,
	FOREIGN KEY (`ballot`) REFERENCES `ballots`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `ballot_results` ADD `faults` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `ballot_results` ADD `left_out` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `ballot_results` ADD `edition` integer DEFAULT 1 NOT NULL;
--> statement-breakpoint
-- A piece leaves the box once it is counted, cancelled or no longer under inquiry. A shuffle takes it out while it holds the same piece.
DROP TRIGGER marks_until_counted;
--> statement-breakpoint
CREATE TRIGGER marks_until_counted BEFORE DELETE ON marks
WHEN NOT EXISTS (SELECT 1 FROM moving_marks m WHERE m.ballot = OLD.ballot AND m.was = OLD.key AND m.sealed = OLD.sealed)
  AND NOT EXISTS (SELECT 1 FROM ballot_results r WHERE r.ballot = OLD.ballot AND r.outcome <> 'unsound')
  AND NOT EXISTS (SELECT 1 FROM ballot_inquiries i WHERE i.ballot = OLD.ballot)
  AND NOT EXISTS (SELECT 1 FROM ballot_cancellations c WHERE c.ballot = OLD.ballot)
BEGIN SELECT RAISE(ABORT, 'constraint: marks are sealed'); END;
--> statement-breakpoint
CREATE TRIGGER moving_marks_arrive BEFORE DELETE ON moving_marks
WHEN NOT EXISTS (SELECT 1 FROM marks m WHERE m.ballot = OLD.ballot AND m.key = OLD.key AND m.sealed = OLD.sealed)
BEGIN SELECT RAISE(ABORT, 'constraint: marks are sealed'); END;
--> statement-breakpoint
CREATE TRIGGER moving_marks_are_sealed BEFORE UPDATE ON moving_marks BEGIN SELECT RAISE(ABORT, 'constraint: marks are sealed'); END;
--> statement-breakpoint
-- The key of an unsound count stays as long as its pieces are under inquiry.
CREATE TRIGGER ballots_key_until_inquired BEFORE UPDATE OF wrapped_key ON ballots
WHEN NEW.wrapped_key IS NULL AND EXISTS (SELECT 1 FROM ballot_results r WHERE r.ballot = NEW.id AND r.outcome = 'unsound')
  AND NOT EXISTS (SELECT 1 FROM ballot_inquiries i WHERE i.ballot = NEW.id)
BEGIN SELECT RAISE(ABORT, 'constraint: ballot under inquiry'); END;
--> statement-breakpoint
CREATE TRIGGER ballot_inquiries_of_unsound BEFORE INSERT ON ballot_inquiries
WHEN NOT EXISTS (SELECT 1 FROM ballot_results r WHERE r.ballot = NEW.ballot AND r.outcome = 'unsound')
BEGIN SELECT RAISE(ABORT, 'constraint: no inquiry'); END;
--> statement-breakpoint
CREATE TRIGGER ballot_inquiries_are_final BEFORE UPDATE ON ballot_inquiries BEGIN SELECT RAISE(ABORT, 'constraint: no inquiry'); END;
--> statement-breakpoint
CREATE TRIGGER ballot_inquiries_are_kept BEFORE DELETE ON ballot_inquiries BEGIN SELECT RAISE(ABORT, 'constraint: no inquiry'); END;
