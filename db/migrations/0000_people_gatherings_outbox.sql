CREATE TABLE `alerts` (
	`branch` text NOT NULL,
	`part` text NOT NULL,
	`period` text NOT NULL,
	`step` integer NOT NULL,
	`person` text NOT NULL,
	`told_on` text NOT NULL,
	PRIMARY KEY(`branch`, `part`, `period`, `step`, `person`),
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `arrivals` (
	`gathering` text NOT NULL,
	`member` text NOT NULL,
	`standing` text NOT NULL,
	`at` integer NOT NULL,
	`way` text NOT NULL,
	`by` text NOT NULL,
	PRIMARY KEY(`gathering`, `member`),
	FOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `expectations` (
	`gathering` text NOT NULL,
	`member` text NOT NULL,
	`votes` integer NOT NULL,
	PRIMARY KEY(`gathering`, `member`),
	FOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `leaves` (
	`gathering` text NOT NULL,
	`member` text NOT NULL,
	`reason` text NOT NULL,
	`asked_at` integer NOT NULL,
	`confirmed_by` text,
	`confirmed_at` integer,
	PRIMARY KEY(`gathering`, `member`),
	FOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`confirmed_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `audit` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`unit` text NOT NULL,
	`actor` text NOT NULL,
	`deed` text NOT NULL,
	`subject` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_by_subject` ON `audit` (`subject`);--> statement-breakpoint
CREATE TABLE `chats` (
	`chat_id` text PRIMARY KEY NOT NULL,
	`unit` text NOT NULL,
	`branch` text,
	`group_id` text,
	`committee` text,
	`bound_by` text NOT NULL,
	`bound_at` integer NOT NULL,
	FOREIGN KEY (`unit`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`committee`) REFERENCES `committees`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "chats_one_owner" CHECK((branch is not null) + (committee is not null) + (group_id is not null) = 1)
);
--> statement-breakpoint
CREATE INDEX `chats_by_branch` ON `chats` (`branch`);--> statement-breakpoint
CREATE INDEX `chats_by_committee` ON `chats` (`committee`);--> statement-breakpoint
CREATE TABLE `claim_codes` (
	`hash` text PRIMARY KEY NOT NULL,
	`made_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `deliveries` (
	`event_id` text PRIMARY KEY NOT NULL,
	`message_id` text,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `deliveries_messageId_unique` ON `deliveries` (`message_id`);--> statement-breakpoint
CREATE TABLE `agenda_items` (
	`gathering` text NOT NULL,
	`position` integer NOT NULL,
	`words` text NOT NULL,
	`tags` text NOT NULL,
	PRIMARY KEY(`gathering`, `position`),
	FOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `cancellations` (
	`gathering` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`reason` text NOT NULL,
	FOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `closures` (
	`gathering` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`expected` integer NOT NULL,
	`present` integer NOT NULL,
	`expected_voters` integer NOT NULL,
	`present_voters` integer NOT NULL,
	`is_quorate` integer NOT NULL,
	FOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `decisions` (
	`id` text PRIMARY KEY NOT NULL,
	`gathering` text NOT NULL,
	`words` text NOT NULL,
	`owner` text,
	`due_on` text,
	`done_at` integer,
	FOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`owner`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `decisions_by_gathering` ON `decisions` (`gathering`);--> statement-breakpoint
CREATE TABLE `gathering_branches` (
	`gathering` text NOT NULL,
	`branch` text NOT NULL,
	PRIMARY KEY(`gathering`, `branch`),
	FOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `gathering_branches_by_branch` ON `gathering_branches` (`branch`);--> statement-breakpoint
CREATE TABLE `gatherings` (
	`id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`group_id` text,
	`kind` text NOT NULL,
	`place` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`called_by` text NOT NULL,
	`called_at` integer NOT NULL,
	`room_secret` text,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`called_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `gatherings_by_branch` ON `gatherings` (`branch`,`starts_at`);--> statement-breakpoint
CREATE INDEX `gatherings_by_end` ON `gatherings` (`ends_at`);--> statement-breakpoint
CREATE TABLE `minutes` (
	`gathering` text PRIMARY KEY NOT NULL,
	`words` text NOT NULL,
	`confirmed_by` text,
	`confirmed_at` integer,
	FOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`confirmed_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `reopenings` (
	`gathering` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`reason` text NOT NULL,
	PRIMARY KEY(`gathering`, `at`),
	FOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `job_runs` (
	`job` text NOT NULL,
	`slot` integer NOT NULL,
	`ran_at` integer NOT NULL,
	`is_late` integer NOT NULL,
	PRIMARY KEY(`job`, `slot`)
);
--> statement-breakpoint
CREATE TABLE `leases` (
	`name` text PRIMARY KEY NOT NULL,
	`holder` text NOT NULL,
	`until` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `members` (
	`id` text PRIMARY KEY NOT NULL,
	`unit` text NOT NULL,
	`branch` text,
	`group_id` text,
	`open_id` text,
	`union_id` text,
	`name` text NOT NULL,
	`stage` text,
	`applied_on` text,
	`activist_on` text,
	`prospect_on` text,
	`probationer_on` text,
	`full_on` text,
	`away_since` text,
	`joined_on` text NOT NULL,
	`left_on` text,
	`added_at` integer NOT NULL,
	FOREIGN KEY (`unit`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `members_one_person` ON `members` (`unit`,`open_id`) WHERE left_on is null;--> statement-breakpoint
CREATE INDEX `members_by_branch` ON `members` (`branch`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`occasion` text NOT NULL,
	`lane` integer NOT NULL,
	`due_at` integer NOT NULL,
	`to_kind` text NOT NULL,
	`to_id` text NOT NULL,
	`recipient` text NOT NULL,
	`view` text NOT NULL,
	`args` text NOT NULL,
	`unasked` integer DEFAULT false NOT NULL,
	`state` text DEFAULT 'waiting' NOT NULL,
	`version` integer DEFAULT 0 NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`tried_at` integer,
	`unsure_since` integer,
	`outcome` text,
	`message_id` text,
	`sent_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_occasion_unique` ON `outbox` (`occasion`);--> statement-breakpoint
CREATE INDEX `outbox_waiting` ON `outbox` (`lane`,`due_at`) WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX `outbox_tried` ON `outbox` (`tried_at`);--> statement-breakpoint
CREATE TABLE `posts` (
	`message_id` text PRIMARY KEY NOT NULL,
	`recipient` text NOT NULL,
	`view` text NOT NULL,
	`subject` text NOT NULL,
	`args` text NOT NULL,
	`posted_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `posts_by_subject` ON `posts` (`subject`);--> statement-breakpoint
CREATE TABLE `unreachable` (
	`recipient` text PRIMARY KEY NOT NULL,
	`since` integer NOT NULL,
	`code` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `seats` (
	`id` text PRIMARY KEY NOT NULL,
	`member` text NOT NULL,
	`role` text NOT NULL,
	`branch` text,
	`committee` text,
	`group_id` text,
	`from_at` integer NOT NULL,
	`until_at` integer,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`committee`) REFERENCES `committees`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "seats_one_place" CHECK((branch is not null) + (committee is not null) + (group_id is not null) <= 1)
);
--> statement-breakpoint
CREATE INDEX `seats_by_member` ON `seats` (`member`);--> statement-breakpoint
CREATE INDEX `seats_by_branch` ON `seats` (`branch`);--> statement-breakpoint
CREATE TABLE `branches` (
	`id` text PRIMARY KEY NOT NULL,
	`unit` text NOT NULL,
	`committee` text NOT NULL,
	`name` text NOT NULL,
	`kind` text DEFAULT 'staff' NOT NULL,
	`since` text NOT NULL,
	`term_started_on` text,
	`term_years` integer DEFAULT 3 NOT NULL,
	`contact_point` text,
	FOREIGN KEY (`unit`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`committee`) REFERENCES `committees`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `branches_by_committee` ON `branches` (`committee`);--> statement-breakpoint
CREATE TABLE `committees` (
	`id` text PRIMARY KEY NOT NULL,
	`unit` text NOT NULL,
	`parent` text,
	`name` text NOT NULL,
	`rulebook` text,
	FOREIGN KEY (`unit`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`parent`) REFERENCES `committees`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "committees_not_own_parent" CHECK("committees"."parent" is not "committees"."id")
);
--> statement-breakpoint
CREATE INDEX `committees_by_parent` ON `committees` (`parent`);--> statement-breakpoint
CREATE TABLE `groups` (
	`id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`name` text NOT NULL,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `groups_by_branch` ON `groups` (`branch`);--> statement-breakpoint
CREATE TABLE `units` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_key` text NOT NULL,
	`name` text NOT NULL,
	`language` text DEFAULT 'zh' NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `units_tenantKey_unique` ON `units` (`tenant_key`);