CREATE TABLE `area_checks` (
	`branch` text NOT NULL,
	`quarter` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`note` text,
	PRIMARY KEY(`branch`, `quarter`),
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `area_members` (
	`area` text NOT NULL,
	`member` text NOT NULL,
	`from_on` text NOT NULL,
	`until_on` text,
	PRIMARY KEY(`area`, `member`, `from_on`),
	FOREIGN KEY (`area`) REFERENCES `areas`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `area_members_by_member` ON `area_members` (`member`);--> statement-breakpoint
CREATE TABLE `areas` (
	`id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`name` text NOT NULL,
	`place` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `areas_once` ON `areas` (`branch`,`name`) WHERE ended_at is null;--> statement-breakpoint
CREATE TABLE `integrity_checks` (
	`id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`half` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`closed_at` integer,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `integrity_checks_once` ON `integrity_checks` (`branch`,`half`);--> statement-breakpoint
CREATE TABLE `integrity_findings` (
	`id` text PRIMARY KEY NOT NULL,
	`check_id` text NOT NULL,
	`member` text NOT NULL,
	`is_passed` integer NOT NULL,
	`sealed` text,
	`kid` text,
	`version` integer,
	`task` text,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`check_id`) REFERENCES `integrity_checks`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`task`) REFERENCES `tasks`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "integrity_findings_of_another" CHECK("by" <> member),
	CONSTRAINT "integrity_findings_sealed" CHECK(is_passed = 1 or sealed is not null)
);
--> statement-breakpoint
CREATE INDEX `integrity_findings_by_key` ON `integrity_findings` (`kid`);--> statement-breakpoint
CREATE UNIQUE INDEX `integrity_findings_once` ON `integrity_findings` (`check_id`,`member`);--> statement-breakpoint
CREATE TABLE `integrity_pledges` (
	`member` text NOT NULL,
	`year` text NOT NULL,
	`branch` text NOT NULL,
	`words` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`member`, `year`),
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `integrity_pledges_by_branch` ON `integrity_pledges` (`branch`,`year`);--> statement-breakpoint
CREATE TABLE `integrity_texts` (
	`committee` text NOT NULL,
	`year` text NOT NULL,
	`words` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`committee`, `year`),
	FOREIGN KEY (`committee`) REFERENCES `committees`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `pledge_points` (
	`pledge` text NOT NULL,
	`nth` integer NOT NULL,
	`words` text NOT NULL,
	`is_kept` integer,
	`because` text,
	`said_at` integer,
	PRIMARY KEY(`pledge`, `nth`),
	FOREIGN KEY (`pledge`) REFERENCES `pledges`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `pledges` (
	`id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`member` text NOT NULL,
	`year` text NOT NULL,
	`version` integer NOT NULL,
	`submitted_at` integer NOT NULL,
	`entered_by` text NOT NULL,
	`reviewed_at` integer,
	`reviewed_by` text,
	`returned_because` text,
	`replaced_at` integer,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`entered_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`reviewed_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "pledges_four_eyes" CHECK(reviewed_by is null or reviewed_by <> member),
	CONSTRAINT "pledges_returned_when_reviewed" CHECK(returned_because is null or reviewed_at is not null)
);
--> statement-breakpoint
CREATE INDEX `pledges_by_branch` ON `pledges` (`branch`,`year`);--> statement-breakpoint
CREATE UNIQUE INDEX `pledges_one_waits` ON `pledges` (`member`,`year`) WHERE reviewed_at is null and replaced_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX `pledges_in_order` ON `pledges` (`member`,`year`,`version`);--> statement-breakpoint
CREATE TABLE `screen_lines` (
	`id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`words` text NOT NULL,
	`from_on` text NOT NULL,
	`until_on` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`approved_by` text,
	`approved_at` integer,
	`pulled_at` integer,
	`pulled_by` text,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`approved_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`pulled_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "screen_lines_four_eyes" CHECK(approved_by is null or approved_by <> "by"),
	CONSTRAINT "screen_lines_in_order" CHECK(until_on >= from_on)
);
--> statement-breakpoint
CREATE INDEX `screen_lines_by_branch` ON `screen_lines` (`branch`,`until_on`);--> statement-breakpoint
CREATE TABLE `showings` (
	`id` text PRIMARY KEY NOT NULL,
	`member` text NOT NULL,
	`scope` text NOT NULL,
	`since` integer NOT NULL,
	`until` integer,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `showings_one_runs` ON `showings` (`member`) WHERE "until" is null;--> statement-breakpoint
CREATE INDEX `seats_by_group` ON `seats` (`group_id`) WHERE group_id is not null;