CREATE TABLE `gathering_invitations` (
	`gathering` text NOT NULL,
	`branch` text NOT NULL,
	`asked_by` text NOT NULL,
	`asked_at` integer NOT NULL,
	`answer` text,
	`answered_by` text,
	`answered_at` integer,
	PRIMARY KEY(`gathering`, `branch`),
	FOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`asked_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`answered_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `gathering_invitations_by_branch` ON `gathering_invitations` (`branch`);--> statement-breakpoint
CREATE TABLE `links` (
	`id` text PRIMARY KEY NOT NULL,
	`unit` text NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`person` text,
	`made_by` text NOT NULL,
	`made_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`revoked_at` integer,
	FOREIGN KEY (`unit`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `links_one_for_all` ON `links` (`kind`,`subject`) WHERE person is null and revoked_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX `links_one_a_person` ON `links` (`kind`,`subject`,`person`) WHERE person is not null and revoked_at is null;--> statement-breakpoint
CREATE INDEX `links_by_subject` ON `links` (`subject`);--> statement-breakpoint
CREATE TABLE `make_ups` (
	`gathering` text NOT NULL,
	`member` text NOT NULL,
	`way` text,
	`excuse` text,
	`at` integer NOT NULL,
	`confirmed_by` text,
	`confirmed_at` integer,
	PRIMARY KEY(`gathering`, `member`),
	FOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`confirmed_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `make_ups_by_member` ON `make_ups` (`member`);--> statement-breakpoint
CREATE TABLE `person_changes` (
	`id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`member` text NOT NULL,
	`deed` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`before` text NOT NULL,
	`after` text,
	`undone_at` integer,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `person_changes_by_member` ON `person_changes` (`member`,`at`);--> statement-breakpoint
CREATE TABLE `rhythm_answers` (
	`rhythm` text NOT NULL,
	`on` text NOT NULL,
	`answer` text NOT NULL,
	`gathering` text,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`rhythm`, `on`),
	FOREIGN KEY (`rhythm`) REFERENCES `rhythms`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `rhythm_drafts` (
	`rhythm` text NOT NULL,
	`on` text NOT NULL,
	`starts_at` integer NOT NULL,
	`from_at` integer NOT NULL,
	`until_at` integer NOT NULL,
	`prepared_at` integer NOT NULL,
	`to_person` text NOT NULL,
	PRIMARY KEY(`rhythm`, `on`),
	FOREIGN KEY (`rhythm`) REFERENCES `rhythms`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `rhythm_drafts_by_start` ON `rhythm_drafts` (`starts_at`);--> statement-breakpoint
CREATE TABLE `rhythms` (
	`id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`group_id` text,
	`kind` text NOT NULL,
	`place` text NOT NULL,
	`in_room` integer NOT NULL,
	`rule` text NOT NULL,
	`time` text NOT NULL,
	`set_by` text NOT NULL,
	`set_at` integer NOT NULL,
	`ended_by` text,
	`ended_at` integer,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`set_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `rhythms_by_branch` ON `rhythms` (`branch`);--> statement-breakpoint
CREATE UNIQUE INDEX `rhythms_one_of_branch` ON `rhythms` (`branch`,`kind`) WHERE ended_at is null and group_id is null;--> statement-breakpoint
CREATE UNIQUE INDEX `rhythms_one_of_group` ON `rhythms` (`branch`,`group_id`,`kind`) WHERE ended_at is null and group_id is not null;--> statement-breakpoint
CREATE TABLE `roster_proposals` (
	`chat` text NOT NULL,
	`open_id` text NOT NULL,
	`id` text NOT NULL,
	`unit` text NOT NULL,
	`branch` text NOT NULL,
	`group_id` text,
	`name` text,
	`what` text NOT NULL,
	`at` integer NOT NULL,
	`decided_at` integer,
	`decided_by` text,
	`decision` text,
	PRIMARY KEY(`chat`, `open_id`),
	FOREIGN KEY (`unit`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `roster_proposals_id_unique` ON `roster_proposals` (`id`);--> statement-breakpoint
CREATE INDEX `roster_proposals_by_branch` ON `roster_proposals` (`branch`);--> statement-breakpoint
ALTER TABLE `expectations` ADD `branch` text REFERENCES branches(id);--> statement-breakpoint
CREATE INDEX `expectations_by_member` ON `expectations` (`member`);--> statement-breakpoint
ALTER TABLE `agenda_items` ADD `held_at` integer;--> statement-breakpoint
ALTER TABLE `agenda_items` ADD `struck_at` integer;--> statement-breakpoint
ALTER TABLE `gathering_branches` ADD `expected` integer;--> statement-breakpoint
ALTER TABLE `gathering_branches` ADD `present` integer;--> statement-breakpoint
ALTER TABLE `gathering_branches` ADD `expected_voters` integer;--> statement-breakpoint
ALTER TABLE `gathering_branches` ADD `present_voters` integer;--> statement-breakpoint
ALTER TABLE `gathering_branches` ADD `is_quorate` integer;--> statement-breakpoint
ALTER TABLE `members` ADD `left_reason` text;--> statement-breakpoint
ALTER TABLE `groups` ADD `ended_on` text;