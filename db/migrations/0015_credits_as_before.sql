ALTER TABLE `credits` RENAME COLUMN `source` TO `gathering`;--> statement-breakpoint
ALTER TABLE `spent_credits` RENAME COLUMN `source` TO `gathering`;--> statement-breakpoint
CREATE TRIGGER `credits_of_evaluations` AFTER INSERT ON `credits`
WHEN new.part = '14.review' AND new.period IS NOT NULL AND new.source_kind = 'gathering'
BEGIN
  UPDATE `credits` SET `source_kind` = 'evaluation' WHERE rowid = new.rowid;
END;
