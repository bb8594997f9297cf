CREATE TABLE `assessment_drafts` (
	`id` text PRIMARY KEY NOT NULL,
	`file` text NOT NULL,
	`by` text NOT NULL,
	`made_at` integer NOT NULL,
	`quarter` text NOT NULL,
	`changes` text NOT NULL,
	`wrong` text NOT NULL,
	`judged` integer NOT NULL,
	`saved_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `assessment_drafts_file_unique` ON `assessment_drafts` (`file`);--> statement-breakpoint
CREATE INDEX `assessment_drafts_by_time` ON `assessment_drafts` (`made_at`);--> statement-breakpoint
CREATE TABLE `appeals` (
	`id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`quarter` text NOT NULL,
	`standard` integer NOT NULL,
	`words` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`answer` text,
	`is_upheld` integer,
	`answered_by` text,
	`answered_at` integer,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`answered_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `appeals_once` ON `appeals` (`branch`,`quarter`,`standard`);--> statement-breakpoint
CREATE TABLE `assessments` (
	`committee` text NOT NULL,
	`quarter` text NOT NULL,
	`opened_at` integer NOT NULL,
	`self_until` text NOT NULL,
	`review_until` text NOT NULL,
	`published_at` integer,
	`published_by` text,
	`appeals_until` text,
	`closing_at` integer,
	`closed_at` integer,
	`closed_by` text,
	PRIMARY KEY(`committee`, `quarter`),
	FOREIGN KEY (`committee`) REFERENCES `committees`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `last_twice` (
	`branch` text NOT NULL,
	`year` text NOT NULL,
	`opened_at` integer NOT NULL,
	`is_adjusted` integer,
	`reason` text,
	`on_day` text,
	`closed_by` text,
	`closed_at` integer,
	PRIMARY KEY(`branch`, `year`),
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`closed_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `results` (
	`branch` text NOT NULL,
	`quarter` text NOT NULL,
	`committee` text NOT NULL,
	`tenths` integer,
	`weight_asked` integer NOT NULL,
	`place` integer,
	`is_last` integer NOT NULL,
	`account` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`branch`, `quarter`),
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`committee`) REFERENCES `committees`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `results_by_committee` ON `results` (`committee`,`quarter`);--> statement-breakpoint
CREATE TABLE `self_assessments` (
	`branch` text NOT NULL,
	`quarter` text NOT NULL,
	`submitted_by` text NOT NULL,
	`submitted_at` integer NOT NULL,
	PRIMARY KEY(`branch`, `quarter`),
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`submitted_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `supports` (
	`id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`helper` text NOT NULL,
	`from_on` text NOT NULL,
	`until_on` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`outcome` text,
	`outcome_by` text,
	`outcome_at` integer,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`helper`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`outcome_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `supports_by_branch` ON `supports` (`branch`);--> statement-breakpoint
CREATE TABLE `work_reports` (
	`id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`period` text NOT NULL,
	`heard_on` text NOT NULL,
	`commentary` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `work_reports_once` ON `work_reports` (`branch`,`period`);--> statement-breakpoint
CREATE TABLE `attestations` (
	`id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`part` text NOT NULL,
	`subject` text NOT NULL,
	`period` text NOT NULL,
	`on_day` text NOT NULL,
	`reference` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`confirmed_by` text,
	`confirmed_at` integer,
	`refused_by` text,
	`refused_at` integer,
	`refused_because` text,
	`withdrawn_at` integer,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`confirmed_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`refused_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `attestations_by_branch` ON `attestations` (`branch`,`period`);--> statement-breakpoint
CREATE UNIQUE INDEX `attestations_once` ON `attestations` (`branch`,`part`,`subject`,`period`,`on_day`) WHERE refused_at is null and withdrawn_at is null;--> statement-breakpoint
CREATE TABLE `credits` (
	`branch` text NOT NULL,
	`part` text NOT NULL,
	`subject` text NOT NULL,
	`gathering` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`branch`, `part`, `subject`, `gathering`),
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `credits_by_branch` ON `credits` (`branch`,`at`,`part`,`subject`,`gathering`);--> statement-breakpoint
CREATE INDEX `credits_by_gathering` ON `credits` (`gathering`);--> statement-breakpoint
CREATE TABLE `holiday_drafts` (
	`id` text PRIMARY KEY NOT NULL,
	`unit` text NOT NULL,
	`year` integer NOT NULL,
	`off` text NOT NULL,
	`work` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`unit`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `holiday_drafts_by_time` ON `holiday_drafts` (`at`);--> statement-breakpoint
CREATE TABLE `holiday_years` (
	`year` integer PRIMARY KEY NOT NULL,
	`off` text NOT NULL,
	`work` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `findings` (
	`id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`quarter` text NOT NULL,
	`kind` text NOT NULL,
	`standard` integer,
	`reason` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`withdrawn_by` text,
	`withdrawn_at` integer,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `findings_by_branch` ON `findings` (`branch`,`quarter`);--> statement-breakpoint
CREATE TABLE `judgements` (
	`id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`part` text NOT NULL,
	`subject` text NOT NULL,
	`period` text NOT NULL,
	`verdict` text NOT NULL,
	`permille` integer NOT NULL,
	`by_upper` integer NOT NULL,
	`reason` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `judgements_by_branch` ON `judgements` (`branch`,`period`);--> statement-breakpoint
CREATE TABLE `mutes` (
	`person` text NOT NULL,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`person`, `kind`)
);
--> statement-breakpoint
CREATE TABLE `snoozes` (
	`person` text PRIMARY KEY NOT NULL,
	`until` integer NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `rulebook_asks` (
	`open_id` text PRIMARY KEY NOT NULL,
	`committee` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`committee`) REFERENCES `committees`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `rulebook_drafts` (
	`id` text PRIMARY KEY NOT NULL,
	`file` text NOT NULL,
	`committee` text NOT NULL,
	`by` text NOT NULL,
	`made_at` integer NOT NULL,
	`quarter` text NOT NULL,
	`after` integer NOT NULL,
	`said` text NOT NULL,
	`changes` text NOT NULL,
	`wrong` text NOT NULL,
	`sum` integer NOT NULL,
	`saved_at` integer,
	FOREIGN KEY (`committee`) REFERENCES `committees`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `rulebook_drafts_file_unique` ON `rulebook_drafts` (`file`);--> statement-breakpoint
CREATE INDEX `rulebook_drafts_by_time` ON `rulebook_drafts` (`made_at`);--> statement-breakpoint
CREATE TABLE `rulebooks` (
	`committee` text NOT NULL,
	`version` integer NOT NULL,
	`from_on` text NOT NULL,
	`said` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`committee`, `version`),
	FOREIGN KEY (`committee`) REFERENCES `committees`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `rulebooks_by_day` ON `rulebooks` (`committee`,`from_on`);--> statement-breakpoint
CREATE TABLE `sent_files` (
	`message_id` text PRIMARY KEY NOT NULL,
	`file_key` text NOT NULL,
	`name` text NOT NULL,
	`branch` text,
	`by` text NOT NULL,
	`chat_id` text NOT NULL,
	`at` integer NOT NULL,
	`tried_at` integer,
	`tries` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `rhythm_drafts` ADD `card` text;--> statement-breakpoint
CREATE INDEX `rhythm_drafts_by_card` ON `rhythm_drafts` (`card`);--> statement-breakpoint
CREATE INDEX `person_changes_by_branch` ON `person_changes` (`branch`,`at`);--> statement-breakpoint
ALTER TABLE `committees` DROP COLUMN `rulebook`;