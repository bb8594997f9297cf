CREATE TABLE `spent_credits` (
	`branch` text NOT NULL,
	`part` text NOT NULL,
	`subject` text NOT NULL,
	`gathering` text NOT NULL,
	`period` text NOT NULL,
	`quarter` text NOT NULL,
	PRIMARY KEY(`branch`, `part`, `subject`, `gathering`),
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TRIGGER spent_credits_are_final BEFORE UPDATE ON spent_credits BEGIN SELECT RAISE(ABORT, 'constraint: credit spent'); END;
--> statement-breakpoint
CREATE TRIGGER spent_credits_are_kept BEFORE DELETE ON spent_credits BEGIN SELECT RAISE(ABORT, 'constraint: credit spent'); END;
