DROP INDEX `credits_by_branch`;--> statement-breakpoint
ALTER TABLE `credits` ADD `period` text;--> statement-breakpoint
CREATE INDEX `credits_by_branch` ON `credits` (`branch`,`at`,`part`,`subject`,`gathering`,`period`);