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
CREATE INDEX `voices_by_author` ON `voices` (`author`) WHERE author is not null;--> statement-breakpoint
INSERT INTO `voices` (`id`, `unit`, `branch`, `kind`, `sealed`, `kid`, `version`, `author`, `code_hash`, `came_on`, `about`, `about_id`, `meant`, `to_upper`, `theme`, `due_on`, `promised_on`, `decides_above`, `taken_by`, `taken_at`, `is_open`, `is_shuffled`)
  SELECT w.`id`, b.`unit`, w.`branch`, 'worry', w.`sealed`, w.`kid`, w.`version`, w.`signer`, NULL, date('now', '+8 hours'), NULL, NULL, NULL, 0, NULL,
    date('now', '+8 hours', '+14 days'), date('now', '+8 hours', '+14 days'), 0, NULL, NULL, NOT w.`is_done`, 0
  FROM `worries` w JOIN `branches` b ON b.`id` = w.`branch` ORDER BY w.`id`;--> statement-breakpoint
DROP TABLE `worries`;