CREATE TABLE `written_views` (
	`resolution` text NOT NULL,
	`member` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`objected_at` integer,
	`struck_at` integer,
	PRIMARY KEY(`resolution`, `member`),
	FOREIGN KEY (`resolution`) REFERENCES `resolutions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `elections` ADD `standers` text;--> statement-breakpoint
ALTER TABLE `resolutions` ADD `manner` text;--> statement-breakpoint
ALTER TABLE `resolutions` ADD `views` text;--> statement-breakpoint
ALTER TABLE `resolutions` ADD `paper` text;--> statement-breakpoint
ALTER TABLE `resolutions` ADD `paper_at` integer;--> statement-breakpoint
ALTER TABLE `resolutions` ADD `scrutineer` text REFERENCES members(id);--> statement-breakpoint
ALTER TABLE `resolutions` ADD `confirmed_at` integer;
--> statement-breakpoint
UPDATE resolutions SET manner = CASE WHEN ballot IS NULL THEN 'hands' ELSE 'card' END;
--> statement-breakpoint
-- The list of views, and each objection, ends with the opening of the vote.
CREATE TRIGGER written_views_before_the_vote BEFORE INSERT ON written_views
WHEN (SELECT r.manner FROM resolutions r WHERE r.id = NEW.resolution) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'constraint: vote open'); END;
--> statement-breakpoint
CREATE TRIGGER written_views_stand BEFORE UPDATE ON written_views
WHEN (SELECT r.manner FROM resolutions r WHERE r.id = NEW.resolution) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'constraint: vote open'); END;
--> statement-breakpoint
CREATE TRIGGER written_views_are_kept BEFORE DELETE ON written_views
WHEN (SELECT r.manner FROM resolutions r WHERE r.id = OLD.resolution) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'constraint: vote open'); END;
--> statement-breakpoint
-- A vote opens with as many views as its sums say, and they stay as they were.
CREATE TRIGGER resolutions_open_with_their_views BEFORE UPDATE OF manner ON resolutions
WHEN OLD.manner IS NULL AND coalesce((NEW.views ->> 'for') + (NEW.views ->> 'against') + (NEW.views ->> 'abstain'), 0) <>
  (SELECT count(*) FROM written_views w WHERE w.resolution = NEW.id AND w.struck_at IS NULL)
BEGIN SELECT RAISE(ABORT, 'constraint: views moved'); END;
--> statement-breakpoint
CREATE TRIGGER resolutions_keep_their_views BEFORE UPDATE OF views ON resolutions
WHEN OLD.manner IS NOT NULL AND NEW.views IS NOT OLD.views
BEGIN SELECT RAISE(ABORT, 'constraint: vote open'); END;
--> statement-breakpoint
-- The figures of a count on paper are a result once somebody else than the host and the person who entered them has confirmed them.
CREATE TRIGGER resolutions_confirmed_by_another BEFORE UPDATE OF confirmed_at, scrutineer, paper, "by" ON resolutions
WHEN NEW.confirmed_at IS NOT NULL AND (NEW.paper IS NULL OR NEW.scrutineer IS NULL OR NEW.scrutineer = NEW."by"
  OR NEW.scrutineer = (SELECT g.called_by FROM gatherings g WHERE g.id = NEW.gathering))
BEGIN SELECT RAISE(ABORT, 'constraint: no scrutineer'); END;
