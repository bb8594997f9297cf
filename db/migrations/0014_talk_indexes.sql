CREATE INDEX `members_left` ON `members` (`left_on`) WHERE left_on is not null;--> statement-breakpoint
CREATE INDEX `contacts_by_member` ON `contacts` (`member`);--> statement-breakpoint
CREATE INDEX `talk_notes_by_writer` ON `talk_notes` (`writer`);--> statement-breakpoint
CREATE INDEX `talks_open` ON `talks` (`claimed_at`) WHERE confirmed_at is null and denied_at is null and withdrawn_at is null;--> statement-breakpoint
CREATE INDEX `talks_withdrawn` ON `talks` (`withdrawn_at`) WHERE withdrawn_at is not null;--> statement-breakpoint
CREATE INDEX `worry_drafts_by_time` ON `worry_drafts` (`version`);