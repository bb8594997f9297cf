CREATE TABLE `roster_drafts` (
	`id` text PRIMARY KEY NOT NULL,
	`file` text NOT NULL,
	`branch` text NOT NULL,
	`by` text NOT NULL,
	`made_at` integer NOT NULL,
	`tally` text NOT NULL,
	`rows` text,
	`imported_at` integer,
	`imported_by` text,
	`done` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `roster_drafts_file_unique` ON `roster_drafts` (`file`);--> statement-breakpoint
CREATE INDEX `roster_drafts_by_branch` ON `roster_drafts` (`branch`);--> statement-breakpoint
CREATE TABLE `roster_asks` (
	`open_id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `roster_files` (
	`message_id` text PRIMARY KEY NOT NULL,
	`file_key` text NOT NULL,
	`name` text NOT NULL,
	`branch` text NOT NULL,
	`by` text NOT NULL,
	`chat_id` text NOT NULL,
	`at` integer NOT NULL,
	`tried_at` integer,
	`tries` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
