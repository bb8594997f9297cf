CREATE TABLE `undecided` (
	`branch` text NOT NULL,
	`quarter` text NOT NULL,
	`committee` text NOT NULL,
	`at` integer NOT NULL,
	`touched_at` integer,
	`published_at` integer,
	`appeals_until` text,
	`closed_at` integer,
	PRIMARY KEY(`branch`, `quarter`),
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`committee`) REFERENCES `committees`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `undecided_by_close` ON `undecided` (`closed_at`);--> statement-breakpoint
ALTER TABLE `assessments` ADD `left_out` text DEFAULT '[]' NOT NULL;
--> statement-breakpoint
-- A branch that was published as undecided (待定) sends up, appeals and closes by its own row, and holds up nobody else.
DROP TRIGGER self_assessments_until_publishing;
--> statement-breakpoint
CREATE TRIGGER self_assessments_until_publishing BEFORE INSERT ON self_assessments
WHEN EXISTS (SELECT 1 FROM assessments a JOIN branches b ON b.committee = a.committee
  WHERE b.id = NEW.branch AND a.quarter = NEW.quarter AND a.published_at IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM undecided u WHERE u.branch = NEW.branch AND u.quarter = NEW.quarter AND u.published_at IS NULL)
BEGIN SELECT RAISE(ABORT, 'constraint: assessment published'); END;
--> statement-breakpoint
DROP TRIGGER appeals_within_window;
--> statement-breakpoint
CREATE TRIGGER appeals_within_window BEFORE INSERT ON appeals
WHEN NOT EXISTS (SELECT 1 FROM assessments a JOIN branches b ON b.committee = a.committee
  LEFT JOIN undecided u ON u.branch = b.id AND u.quarter = a.quarter
  WHERE b.id = NEW.branch AND a.quarter = NEW.quarter
    AND CASE WHEN u.branch IS NULL THEN a.published_at IS NOT NULL AND a.closing_at IS NULL
      ELSE u.published_at IS NOT NULL AND u.closed_at IS NULL END)
BEGIN SELECT RAISE(ABORT, 'constraint: appeals closed'); END;
--> statement-breakpoint
DROP TRIGGER assessments_close_after_appeals;
--> statement-breakpoint
CREATE TRIGGER assessments_close_after_appeals BEFORE UPDATE OF closing_at ON assessments
WHEN EXISTS (SELECT 1 FROM appeals p JOIN branches b ON b.id = p.branch
  WHERE b.committee = OLD.committee AND p.quarter = OLD.quarter AND p.answered_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM undecided u WHERE u.branch = p.branch AND u.quarter = p.quarter))
BEGIN SELECT RAISE(ABORT, 'constraint: appeals waiting'); END;
--> statement-breakpoint
CREATE TRIGGER undecided_published_once BEFORE UPDATE OF published_at ON undecided WHEN OLD.published_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'constraint: assessment published'); END;
--> statement-breakpoint
CREATE TRIGGER undecided_closed_once BEFORE UPDATE OF closed_at ON undecided WHEN OLD.closed_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'constraint: assessment closed'); END;
--> statement-breakpoint
CREATE TRIGGER undecided_close_after_appeals BEFORE UPDATE OF closed_at ON undecided
WHEN OLD.published_at IS NULL
  OR EXISTS (SELECT 1 FROM appeals p WHERE p.branch = OLD.branch AND p.quarter = OLD.quarter AND p.answered_at IS NULL)
BEGIN SELECT RAISE(ABORT, 'constraint: appeals waiting'); END;
--> statement-breakpoint
-- The last place is known only when the last branch has its place: until then it is nobody's, and afterwards it is never taken back.
DROP TRIGGER results_are_final;
--> statement-breakpoint
CREATE TRIGGER results_are_final BEFORE UPDATE ON results
WHEN EXISTS (SELECT 1 FROM assessments a WHERE a.committee = OLD.committee AND a.quarter = OLD.quarter AND a.closed_at IS NOT NULL)
  AND NOT (OLD.is_last = 0 AND NEW.is_last = 1
    AND (NEW.branch, NEW.quarter, NEW.committee, NEW.tenths, NEW.weight_asked, NEW.place, NEW.account, NEW.at)
      IS (OLD.branch, OLD.quarter, OLD.committee, OLD.tenths, OLD.weight_asked, OLD.place, OLD.account, OLD.at)
    AND EXISTS (SELECT 1 FROM undecided u WHERE u.committee = OLD.committee AND u.quarter = OLD.quarter))
BEGIN SELECT RAISE(ABORT, 'constraint: result final'); END;
