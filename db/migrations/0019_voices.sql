CREATE TABLE `analyses` (
	`id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`quarter` text NOT NULL,
	`version` integer NOT NULL,
	`gathering` text,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `analyses_by_quarter` ON `analyses` (`branch`,`quarter`,`version`);--> statement-breakpoint
CREATE TABLE `analysis_topics` (
	`analysis` text NOT NULL,
	`nth` integer NOT NULL,
	`theme` text NOT NULL,
	`words` text NOT NULL,
	`cause` text,
	`measure` text,
	`owner` text,
	`due_on` text,
	`task` text,
	PRIMARY KEY(`analysis`, `nth`),
	FOREIGN KEY (`analysis`) REFERENCES `analyses`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`owner`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `moving_voices` (
	`id` text PRIMARY KEY NOT NULL,
	`unit` text NOT NULL,
	`branch` text NOT NULL,
	`kind` text NOT NULL,
	`sealed` text NOT NULL,
	`kid` text NOT NULL,
	`version` integer NOT NULL,
	`author` text,
	`code_hash` text,
	`came_on` text NOT NULL,
	`about` text,
	`about_id` text,
	`meant` text,
	`to_upper` integer NOT NULL,
	`theme` text,
	`due_on` text NOT NULL,
	`promised_on` text NOT NULL,
	`decides_above` integer NOT NULL,
	`taken_by` text,
	`taken_at` integer,
	`is_open` integer NOT NULL,
	`is_shuffled` integer NOT NULL,
	FOREIGN KEY (`unit`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`author`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`meant`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`taken_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `voice_answers` (
	`voice` text NOT NULL,
	`nth` integer NOT NULL,
	`branch` text NOT NULL,
	`outcome` text NOT NULL,
	`sealed` text NOT NULL,
	`kid` text NOT NULL,
	`version` integer NOT NULL,
	`published` text,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`task` text,
	PRIMARY KEY(`voice`, `nth`),
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `voice_answers_by_key` ON `voice_answers` (`kid`);--> statement-breakpoint
CREATE INDEX `voice_answers_published` ON `voice_answers` (`branch`,`at`) WHERE published is not null;--> statement-breakpoint
CREATE TABLE `voice_feelings` (
	`voice` text NOT NULL,
	`nth` integer NOT NULL,
	`solved` integer NOT NULL,
	`on_day` text NOT NULL,
	PRIMARY KEY(`voice`, `nth`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `voice_feelings_by_day` ON `voice_feelings` (`on_day`);--> statement-breakpoint
CREATE TABLE `voices` (
	`id` text PRIMARY KEY NOT NULL,
	`unit` text NOT NULL,
	`branch` text NOT NULL,
	`kind` text NOT NULL,
	`sealed` text NOT NULL,
	`kid` text NOT NULL,
	`version` integer NOT NULL,
	`author` text,
	`code_hash` text,
	`came_on` text NOT NULL,
	`about` text,
	`about_id` text,
	`meant` text,
	`to_upper` integer NOT NULL,
	`theme` text,
	`due_on` text NOT NULL,
	`promised_on` text NOT NULL,
	`decides_above` integer NOT NULL,
	`taken_by` text,
	`taken_at` integer,
	`is_open` integer NOT NULL,
	`is_shuffled` integer NOT NULL,
	FOREIGN KEY (`unit`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`author`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`meant`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`taken_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "voices_signed_or_coded" CHECK(author is null or code_hash is null)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `voices_by_code` ON `voices` (`code_hash`);--> statement-breakpoint
CREATE INDEX `voices_by_branch` ON `voices` (`branch`,`kind`,`due_on`);--> statement-breakpoint
CREATE INDEX `voices_open` ON `voices` (`branch`,`promised_on`) WHERE is_open;--> statement-breakpoint
CREATE INDEX `voices_unshuffled` ON `voices` (`is_shuffled`) WHERE not is_shuffled;--> statement-breakpoint
CREATE INDEX `voices_by_key` ON `voices` (`kid`);--> statement-breakpoint
CREATE INDEX `voices_unsigned_by_day` ON `voices` (`came_on`) WHERE author is null and about is null;--> statement-breakpoint
CREATE INDEX `voices_by_author` ON `voices` (`author`) WHERE author is not null;--> statement-breakpoint
CREATE INDEX `outbox_forms` ON `outbox` (`due_at`) WHERE view = 'suggest';--> statement-breakpoint
-- What was raised in talks becomes a voice. Its day was never kept: the promise begins today, and two weeks hold ten working days.
INSERT INTO `voices` (`id`, `unit`, `branch`, `kind`, `sealed`, `kid`, `version`, `author`, `came_on`, `to_upper`, `due_on`, `promised_on`, `decides_above`, `is_open`, `is_shuffled`)
  SELECT w.`id`, b.`unit`, w.`branch`, 'worry', w.`sealed`, w.`kid`, w.`version`, w.`signer`, date('now', '+8 hours'), 0,
    date('now', '+8 hours', '+14 days'), date('now', '+8 hours', '+14 days'), 0, NOT w.`is_done`, 0
  FROM `worries` w JOIN `branches` b ON b.`id` = w.`branch` ORDER BY w.`id`;--> statement-breakpoint
DELETE FROM `worries`;--> statement-breakpoint
-- An item about suggestions proves from now on, and the tally follows from the facts of before.
INSERT OR IGNORE INTO `credits` (`branch`, `part`, `subject`, `gathering`, `source_kind`, `at`, `period`, `is_late`)
  SELECT DISTINCT gb.`branch`, '28.suggestions', '', g.`id`, 'gathering', g.`starts_at`, NULL, 0
  FROM `gatherings` g JOIN `closures` c ON c.`gathering` = g.`id` JOIN `gathering_branches` gb ON gb.`gathering` = g.`id`
  WHERE g.`kind` IN ('committee', 'general') AND coalesce(gb.`is_quorate`, c.`is_quorate`)
    AND EXISTS (SELECT 1 FROM `agenda_items` a, json_each(a.`tags`) t WHERE a.`gathering` = g.`id` AND a.`held_at` IS NOT NULL AND t.value = 'suggestions');--> statement-breakpoint
-- The version before may still run, and raises into the table that it knows.
CREATE TRIGGER `worries_are_voices` AFTER INSERT ON `worries`
BEGIN
  INSERT INTO `voices` (`id`, `unit`, `branch`, `kind`, `sealed`, `kid`, `version`, `author`, `came_on`, `to_upper`, `due_on`, `promised_on`, `decides_above`, `is_open`, `is_shuffled`)
  SELECT NEW.`id`, b.`unit`, NEW.`branch`, 'worry', NEW.`sealed`, NEW.`kid`, NEW.`version`, NEW.`signer`, date('now', '+8 hours'), 0,
    date('now', '+8 hours', '+14 days'), date('now', '+8 hours', '+14 days'), 0, NOT NEW.`is_done`, 0
  FROM `branches` b WHERE b.`id` = NEW.`branch`;
END;
