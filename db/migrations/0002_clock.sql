DROP INDEX `gatherings_by_end`;
--> statement-breakpoint
ALTER TABLE `gatherings` ADD `is_settled` integer DEFAULT false NOT NULL;
--> statement-breakpoint
CREATE INDEX `gatherings_open` ON `gatherings` (`ends_at`) WHERE is_settled = 0;
--> statement-breakpoint
ALTER TABLE `job_runs` ADD `cursor` text;
--> statement-breakpoint
CREATE INDEX `assessments_by_close` ON `assessments` (`closed_at`);
--> statement-breakpoint
CREATE INDEX `ballots_uncounted` ON `ballots` (`closes_at`) WHERE wrapped_key is not null;
--> statement-breakpoint
CREATE INDEX `ballots_unwiped` ON `ballots` (`closes_at`) WHERE wrapped_key is null and wiped_at is null;
--> statement-breakpoint
CREATE INDEX `branches_by_unit` ON `branches` (`unit`);
--> statement-breakpoint
CREATE INDEX `chats_by_group` ON `chats` (`group_id`);
--> statement-breakpoint
CREATE INDEX `alerts_by_person` ON `alerts` (`person`);
--> statement-breakpoint
CREATE INDEX `alerts_by_day` ON `alerts` (`told_on`);
--> statement-breakpoint
CREATE INDEX `evaluations_open` ON `evaluations` (`opened_at`) WHERE closed_at is null;
--> statement-breakpoint
CREATE INDEX `deliveries_by_time` ON `deliveries` (`at`);
--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`due_at`) WHERE state = 'waiting';
--> statement-breakpoint
CREATE INDEX `outbox_over` ON `outbox` (`due_at`) WHERE state <> 'waiting';
--> statement-breakpoint
CREATE INDEX `posts_by_recipient` ON `posts` (`recipient`);
--> statement-breakpoint
CREATE INDEX `posts_by_time` ON `posts` (`posted_at`);
--> statement-breakpoint
UPDATE gatherings SET is_settled = 1
WHERE EXISTS (SELECT 1 FROM closures c WHERE c.gathering = gatherings.id) OR EXISTS (SELECT 1 FROM cancellations c WHERE c.gathering = gatherings.id);
--> statement-breakpoint
-- The mark follows its facts, whoever writes them.
CREATE TRIGGER gatherings_settled_by_close AFTER INSERT ON closures BEGIN UPDATE gatherings SET is_settled = 1 WHERE id = NEW.gathering; END;
--> statement-breakpoint
CREATE TRIGGER gatherings_settled_by_cancel AFTER INSERT ON cancellations BEGIN UPDATE gatherings SET is_settled = 1 WHERE id = NEW.gathering; END;
--> statement-breakpoint
CREATE TRIGGER gatherings_open_without_close AFTER DELETE ON closures BEGIN
  UPDATE gatherings SET is_settled = EXISTS (SELECT 1 FROM cancellations c WHERE c.gathering = OLD.gathering) WHERE id = OLD.gathering;
END;
--> statement-breakpoint
CREATE TRIGGER gatherings_open_without_cancel AFTER DELETE ON cancellations BEGIN
  UPDATE gatherings SET is_settled = EXISTS (SELECT 1 FROM closures c WHERE c.gathering = OLD.gathering) WHERE id = OLD.gathering;
END;
