CREATE TABLE `ballot_cancellations` (
	`ballot` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`reason` text NOT NULL,
	FOREIGN KEY (`ballot`) REFERENCES `ballots`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `ballot_closures` (
	`ballot` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	FOREIGN KEY (`ballot`) REFERENCES `ballots`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `ballot_codes` (
	`ballot` text NOT NULL,
	`hash` text NOT NULL,
	`is_used` integer DEFAULT false NOT NULL,
	PRIMARY KEY(`ballot`, `hash`),
	FOREIGN KEY (`ballot`) REFERENCES `ballots`(`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `ballot_results` (
	`ballot` text PRIMARY KEY NOT NULL,
	`outcome` text NOT NULL,
	`counted_at` integer NOT NULL,
	`expected` integer NOT NULL,
	`voted` integer NOT NULL,
	`codes` integer NOT NULL,
	`codes_used` integer NOT NULL,
	`tally` text NOT NULL,
	`receipts` text NOT NULL,
	FOREIGN KEY (`ballot`) REFERENCES `ballots`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `ballots` (
	`id` text PRIMARY KEY NOT NULL,
	`unit` text NOT NULL,
	`branch` text,
	`committee` text,
	`gathering` text,
	`use` text NOT NULL,
	`is_secret` integer NOT NULL,
	`title` text NOT NULL,
	`question` text NOT NULL,
	`opened_by` text NOT NULL,
	`opened_at` integer NOT NULL,
	`closes_at` integer NOT NULL,
	`public_key` text NOT NULL,
	`wrapped_key` text,
	`wiped_at` integer,
	`expected_voters` integer,
	`present_voters` integer,
	FOREIGN KEY (`unit`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`committee`) REFERENCES `committees`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`opened_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "ballots_one_owner" CHECK((branch is not null) + (committee is not null) = 1),
	CONSTRAINT "ballots_secret_uses" CHECK(is_secret or "use" not in ('evaluation', 'election', 'pulse'))
);
--> statement-breakpoint
CREATE INDEX `ballots_by_branch` ON `ballots` (`branch`,`opened_at`);--> statement-breakpoint
CREATE INDEX `ballots_by_committee` ON `ballots` (`committee`,`opened_at`);--> statement-breakpoint
CREATE INDEX `ballots_by_gathering` ON `ballots` (`gathering`);--> statement-breakpoint
CREATE TABLE `electorates` (
	`ballot` text NOT NULL,
	`member` text NOT NULL,
	`branch` text,
	`added_at` integer,
	`added_by` text,
	PRIMARY KEY(`ballot`, `member`),
	FOREIGN KEY (`ballot`) REFERENCES `ballots`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`added_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `electorates_by_member` ON `electorates` (`member`);--> statement-breakpoint
CREATE TABLE `marks` (
	`ballot` text NOT NULL,
	`key` text NOT NULL,
	`sealed` text NOT NULL,
	PRIMARY KEY(`ballot`, `key`),
	FOREIGN KEY (`ballot`) REFERENCES `ballots`(`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `named_votes` (
	`ballot` text NOT NULL,
	`member` text NOT NULL,
	`sealed` text NOT NULL,
	`said` text,
	PRIMARY KEY(`ballot`, `member`),
	FOREIGN KEY (`ballot`) REFERENCES `ballots`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `turnout` (
	`ballot` text NOT NULL,
	`member` text NOT NULL,
	PRIMARY KEY(`ballot`, `member`),
	FOREIGN KEY (`ballot`) REFERENCES `ballots`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `elections` (
	`id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`gathering` text NOT NULL,
	`title` text NOT NULL,
	`after` text,
	`seats` integer NOT NULL,
	`nominees` text NOT NULL,
	`scrutineers` text NOT NULL,
	`tellers` text NOT NULL,
	`expected_voters` integer NOT NULL,
	`present_voters` integer NOT NULL,
	`opened_by` text NOT NULL,
	`opened_at` integer NOT NULL,
	`ballot` text,
	`sheet` text,
	`sheet_by` text,
	`sheet_at` integer,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`after`) REFERENCES `elections`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`opened_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`ballot`) REFERENCES `ballots`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`sheet_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `elections_by_gathering` ON `elections` (`gathering`);--> statement-breakpoint
CREATE INDEX `elections_by_ballot` ON `elections` (`ballot`);--> statement-breakpoint
CREATE TABLE `evaluated` (
	`evaluation` text NOT NULL,
	`member` text NOT NULL,
	`group_id` text,
	PRIMARY KEY(`evaluation`, `member`),
	FOREIGN KEY (`evaluation`) REFERENCES `evaluations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `evaluated_by_member` ON `evaluated` (`member`);--> statement-breakpoint
CREATE TABLE `evaluations` (
	`id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`period` text NOT NULL,
	`opened_by` text NOT NULL,
	`opened_at` integer NOT NULL,
	`ballot` text,
	`closed_by` text,
	`closed_at` integer,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`opened_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`ballot`) REFERENCES `ballots`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`closed_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `evaluations_once_a_period` ON `evaluations` (`branch`,`period`);--> statement-breakpoint
CREATE INDEX `evaluations_by_ballot` ON `evaluations` (`ballot`);--> statement-breakpoint
CREATE TABLE `grade_appeals` (
	`evaluation` text NOT NULL,
	`member` text NOT NULL,
	`words` text NOT NULL,
	`at` integer NOT NULL,
	`grade` text,
	`answer` text,
	`answered_by` text,
	`answered_at` integer,
	PRIMARY KEY(`evaluation`, `member`),
	FOREIGN KEY (`evaluation`) REFERENCES `evaluations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`answered_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `group_views` (
	`evaluation` text NOT NULL,
	`member` text NOT NULL,
	`grade` text NOT NULL,
	`words` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	PRIMARY KEY(`evaluation`, `member`),
	FOREIGN KEY (`evaluation`) REFERENCES `evaluations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `member_grades` (
	`evaluation` text NOT NULL,
	`member` text NOT NULL,
	`grade` text NOT NULL,
	`reason` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`told_at` integer,
	PRIMARY KEY(`evaluation`, `member`),
	FOREIGN KEY (`evaluation`) REFERENCES `evaluations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `self_views` (
	`evaluation` text NOT NULL,
	`member` text NOT NULL,
	`words` text NOT NULL,
	`grade` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`evaluation`, `member`),
	FOREIGN KEY (`evaluation`) REFERENCES `evaluations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `resolutions` (
	`id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`gathering` text NOT NULL,
	`words` text NOT NULL,
	`matter` text NOT NULL,
	`expected_voters` integer NOT NULL,
	`present_voters` integer NOT NULL,
	`ballot` text,
	`approvals` integer,
	`against` integer,
	`abstained` integer,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`ballot`) REFERENCES `ballots`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `resolutions_by_gathering` ON `resolutions` (`gathering`);--> statement-breakpoint
CREATE INDEX `resolutions_by_ballot` ON `resolutions` (`ballot`);