CREATE TABLE `decisions` (
	`id` text PRIMARY KEY NOT NULL,
	`gathering` text NOT NULL,
	`branch` text NOT NULL,
	`nth` integer NOT NULL,
	`words` text,
	`resolution` text,
	`election` text,
	`owner` text,
	`due_on` text,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`struck_by` text,
	`struck_at` integer,
	`public_at` integer,
	`public_by` text,
	FOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`resolution`) REFERENCES `resolutions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`election`) REFERENCES `elections`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`owner`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`struck_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`public_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "decisions_one_vote" CHECK(resolution is null or election is null)
);
--> statement-breakpoint
CREATE INDEX `decisions_by_branch` ON `decisions` (`branch`,`at`);--> statement-breakpoint
CREATE UNIQUE INDEX `decisions_of_resolution` ON `decisions` (`resolution`) WHERE struck_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX `decisions_of_election` ON `decisions` (`election`) WHERE struck_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX `decisions_in_order` ON `decisions` (`gathering`,`branch`,`nth`);--> statement-breakpoint
CREATE TABLE `life_problems` (
	`id` text PRIMARY KEY NOT NULL,
	`gathering` text NOT NULL,
	`branch` text NOT NULL,
	`nth` integer NOT NULL,
	`words` text NOT NULL,
	`member` text,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`struck_at` integer,
	FOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `life_problems_by_branch` ON `life_problems` (`branch`);--> statement-breakpoint
CREATE UNIQUE INDEX `life_problems_in_order` ON `life_problems` (`gathering`,`branch`,`nth`);--> statement-breakpoint
CREATE TABLE `minute_points` (
	`gathering` text NOT NULL,
	`branch` text NOT NULL,
	`position` integer NOT NULL,
	`words` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`gathering`, `branch`, `position`),
	FOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `minute_versions` (
	`gathering` text NOT NULL,
	`branch` text NOT NULL,
	`version` integer NOT NULL,
	`document` text NOT NULL,
	`digest` text NOT NULL,
	`submitted_by` text NOT NULL,
	`submitted_at` integer NOT NULL,
	`confirmed_by` text NOT NULL,
	`confirmed_at` integer NOT NULL,
	PRIMARY KEY(`gathering`, `branch`, `version`),
	FOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`submitted_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`confirmed_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "minute_versions_four_eyes" CHECK(confirmed_by <> submitted_by)
);
--> statement-breakpoint
CREATE TABLE `minutes` (
	`gathering` text NOT NULL,
	`branch` text NOT NULL,
	`recorder` text NOT NULL,
	`recorder_set_by` text NOT NULL,
	`due_on` text NOT NULL,
	`submitted_at` integer,
	`submitted_by` text,
	`returned_at` integer,
	`returned_by` text,
	`returned_because` text,
	`version` integer,
	`confirmed_at` integer,
	`confirmed_by` text,
	`reopened_at` integer,
	`reopened_by` text,
	`reopened_because` text,
	PRIMARY KEY(`gathering`, `branch`),
	FOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`recorder`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`recorder_set_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`submitted_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`returned_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`confirmed_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`reopened_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "minutes_four_eyes" CHECK(confirmed_by is null or confirmed_by <> submitted_by),
	CONSTRAINT "minutes_confirmed_once_submitted" CHECK(confirmed_at is null or submitted_at is not null),
	CONSTRAINT "minutes_confirmed_in_a_version" CHECK((confirmed_at is null) = (version is null))
);
--> statement-breakpoint
CREATE INDEX `minutes_by_branch` ON `minutes` (`branch`,`due_on`);--> statement-breakpoint
CREATE INDEX `minutes_by_recorder` ON `minutes` (`recorder`);--> statement-breakpoint
CREATE TABLE `task_moves` (
	`task` text NOT NULL,
	`nth` integer NOT NULL,
	`from_day` text NOT NULL,
	`to_day` text NOT NULL,
	`from_owner` text NOT NULL,
	`to_owner` text NOT NULL,
	`reason` text,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`task`, `nth`),
	FOREIGN KEY (`task`) REFERENCES `tasks`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`from_owner`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`to_owner`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `tasks` (
	`id` text PRIMARY KEY NOT NULL,
	`unit` text NOT NULL,
	`branch` text NOT NULL,
	`origin` text NOT NULL,
	`origin_id` text NOT NULL,
	`nth` integer DEFAULT 1 NOT NULL,
	`words` text NOT NULL,
	`owner` text NOT NULL,
	`due_on` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`told_at` integer,
	`done_at` integer,
	`done_by` text,
	`done_note` text,
	`checked_at` integer,
	`checked_in` text,
	`checked_by` text,
	`cannot_at` integer,
	`cannot_because` text,
	`dropped_at` integer,
	`dropped_by` text,
	`dropped_because` text,
	FOREIGN KEY (`unit`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`owner`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`done_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`checked_in`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`checked_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`dropped_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "tasks_checked_when_done" CHECK(checked_at is null or done_at is not null),
	CONSTRAINT "tasks_one_end" CHECK(done_at is null or dropped_at is null),
	CONSTRAINT "tasks_dropped_with_reason" CHECK((dropped_at is null) = (dropped_because is null))
);
--> statement-breakpoint
CREATE INDEX `tasks_by_branch` ON `tasks` (`branch`,`due_on`);--> statement-breakpoint
CREATE INDEX `tasks_by_owner` ON `tasks` (`owner`,`due_on`);--> statement-breakpoint
CREATE INDEX `tasks_open` ON `tasks` (`due_on`) WHERE done_at is null and dropped_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX `tasks_of_origin` ON `tasks` (`origin`,`origin_id`,`nth`);
--> statement-breakpoint
-- What was confirmed stays as it was confirmed.
CREATE TRIGGER minute_versions_stand BEFORE UPDATE ON minute_versions
BEGIN SELECT RAISE(ABORT, 'constraint: minutes kept'); END;
--> statement-breakpoint
CREATE TRIGGER minute_versions_are_kept BEFORE DELETE ON minute_versions
BEGIN SELECT RAISE(ABORT, 'constraint: minutes kept'); END;
--> statement-breakpoint
-- Minutes that were submitted are read by their confirmer; nothing under them may move meanwhile.
CREATE TRIGGER minute_points_before_submission BEFORE INSERT ON minute_points
WHEN EXISTS (SELECT 1 FROM minutes m WHERE m.gathering = NEW.gathering AND m.branch = NEW.branch AND m.submitted_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'constraint: minutes submitted'); END;
--> statement-breakpoint
CREATE TRIGGER minute_points_stand BEFORE UPDATE ON minute_points
WHEN EXISTS (SELECT 1 FROM minutes m WHERE m.gathering = NEW.gathering AND m.branch = NEW.branch AND m.submitted_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'constraint: minutes submitted'); END;
--> statement-breakpoint
CREATE TRIGGER minute_points_are_kept BEFORE DELETE ON minute_points
WHEN EXISTS (SELECT 1 FROM minutes m WHERE m.gathering = OLD.gathering AND m.branch = OLD.branch AND m.submitted_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'constraint: minutes submitted'); END;
--> statement-breakpoint
CREATE TRIGGER decisions_before_submission BEFORE INSERT ON decisions
WHEN EXISTS (SELECT 1 FROM minutes m WHERE m.gathering = NEW.gathering AND m.branch = NEW.branch AND m.submitted_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'constraint: minutes submitted'); END;
--> statement-breakpoint
CREATE TRIGGER decisions_struck_before_submission BEFORE UPDATE OF struck_at, words ON decisions
WHEN EXISTS (SELECT 1 FROM minutes m WHERE m.gathering = NEW.gathering AND m.branch = NEW.branch AND m.submitted_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'constraint: minutes submitted'); END;
