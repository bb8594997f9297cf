CREATE TABLE `committee_excuses` (
	`id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`reason` text NOT NULL,
	`until_day` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `committee_excuses_by_branch` ON `committee_excuses` (`branch`);--> statement-breakpoint
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
ALTER TABLE `attestations` ADD `says_none` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE TRIGGER spent_credits_are_final BEFORE UPDATE ON spent_credits BEGIN SELECT RAISE(ABORT, 'constraint: credit spent'); END;
--> statement-breakpoint
CREATE TRIGGER spent_credits_are_kept BEFORE DELETE ON spent_credits BEGIN SELECT RAISE(ABORT, 'constraint: credit spent'); END;

--> statement-breakpoint
CREATE TRIGGER committee_excuses_are_final BEFORE UPDATE ON committee_excuses BEGIN SELECT RAISE(ABORT, 'constraint: excuse kept'); END;
--> statement-breakpoint
INSERT INTO judgements (id, branch, part, subject, period, verdict, permille, by_upper, reason, "by", at)
SELECT j.id || ' half', j.branch, j.part, j.subject, substr(j.period, 1, 4) || CASE substr(j.period, 6) WHEN '2' THEN 'H1' ELSE 'H2' END,
  j.verdict, j.permille, j.by_upper, j.reason, j."by", j.at
FROM judgements j WHERE j.part IN ('18.judged', '27.judged') AND j.period LIKE '____Q_' AND substr(j.period, 6) IN ('2', '4')
AND NOT EXISTS (SELECT 1 FROM results r WHERE r.branch = j.branch AND r.quarter = j.period);
