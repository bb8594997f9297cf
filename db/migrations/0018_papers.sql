CREATE TABLE `papers` (
	`id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`kind` text NOT NULL,
	`year` text,
	`title` text NOT NULL,
	`place` text DEFAULT '' NOT NULL,
	`words` text,
	`on_day` text,
	`gathering` text,
	`item` integer,
	`adopted_at` integer,
	`adopted_by` text,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`withdrawn_at` integer,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "papers_year" CHECK((kind in ('plan', 'summary')) = (year is not null)),
	CONSTRAINT "papers_somewhere" CHECK(words is not null or place <> '')
);
--> statement-breakpoint
CREATE UNIQUE INDEX `papers_of_year` ON `papers` (`branch`,`kind`,`year`) WHERE year is not null and withdrawn_at is null;--> statement-breakpoint
CREATE INDEX `papers_by_branch` ON `papers` (`branch`,`kind`);--> statement-breakpoint
CREATE INDEX `papers_waiting` ON `papers` (`gathering`) WHERE gathering is not null and adopted_at is null and withdrawn_at is null;--> statement-breakpoint
CREATE TABLE `records` (
	`id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`topic` text NOT NULL,
	`on_day` text NOT NULL,
	`words` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`asked` text NOT NULL,
	`confirmed_at` integer,
	`declined_at` integer,
	`withdrawn_at` integer,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`asked`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "records_two_hands" CHECK(by <> asked),
	CONSTRAINT "records_one_answer" CHECK(confirmed_at is null or declined_at is null)
);
--> statement-breakpoint
CREATE INDEX `records_by_branch` ON `records` (`branch`,`on_day`);--> statement-breakpoint
CREATE INDEX `records_open` ON `records` (`asked`) WHERE confirmed_at is null and declined_at is null and withdrawn_at is null;--> statement-breakpoint
CREATE TABLE `reports` (
	`id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`period` text NOT NULL,
	`kind` text NOT NULL,
	`words` text NOT NULL,
	`gathering` text,
	`delivered_at` integer,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reports_once` ON `reports` (`branch`,`kind`,`period`);--> statement-breakpoint
CREATE INDEX `reports_waiting` ON `reports` (`gathering`) WHERE gathering is not null and delivered_at is null;