ALTER TABLE `credits` RENAME COLUMN `gathering` TO `source`;--> statement-breakpoint
ALTER TABLE `credits` ADD `source_kind` text DEFAULT 'gathering' NOT NULL;--> statement-breakpoint
ALTER TABLE `credits` ADD `is_late` integer DEFAULT false NOT NULL;--> statement-breakpoint
UPDATE `credits` SET `source_kind` = 'evaluation' WHERE `part` = '14.review' AND `period` IS NOT NULL;--> statement-breakpoint
DROP INDEX `credits_by_branch`;--> statement-breakpoint
DROP INDEX `credits_by_gathering`;--> statement-breakpoint
CREATE INDEX `credits_by_branch` ON `credits` (`branch`,`at`,`part`,`subject`,`source`,`source_kind`,`period`,`is_late`);--> statement-breakpoint
CREATE INDEX `credits_by_source` ON `credits` (`source`);--> statement-breakpoint
ALTER TABLE `spent_credits` RENAME COLUMN `gathering` TO `source`;--> statement-breakpoint
ALTER TABLE `talks` ADD `activist` text REFERENCES members(id);--> statement-breakpoint
ALTER TABLE `talks` ADD `opinion_due_on` text;--> statement-breakpoint
ALTER TABLE `talks` ADD `opinion_at` integer;--> statement-breakpoint
CREATE INDEX `talks_by_activist` ON `talks` (`activist`,`on_day`);
