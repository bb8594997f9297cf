CREATE TABLE `adoptions` (
	`gathering` text NOT NULL,
	`exclusion` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`gathering`, `exclusion`),
	FOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`exclusion`) REFERENCES `exclusions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `exclusions` (
	`id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`member` text NOT NULL,
	`scope` text NOT NULL,
	`reason` text NOT NULL,
	`from_on` text NOT NULL,
	`until_on` text,
	`requested_by` text NOT NULL,
	`requested_at` integer NOT NULL,
	`confirmed_by` text,
	`confirmed_at` integer,
	`refused_by` text,
	`refused_at` integer,
	`ended_by` text,
	`ended_at` integer,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`requested_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`confirmed_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`refused_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`ended_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `exclusions_by_member` ON `exclusions` (`member`,`scope`);--> statement-breakpoint
CREATE INDEX `exclusions_by_branch` ON `exclusions` (`branch`);--> statement-breakpoint
CREATE UNIQUE INDEX `exclusions_open_once` ON `exclusions` (`member`,`scope`) WHERE refused_at is null and ended_at is null;--> statement-breakpoint
CREATE TABLE `suspensions` (
	`id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`member` text NOT NULL,
	`kind` text NOT NULL,
	`from_on` text NOT NULL,
	`until_on` text,
	`entered_by` text NOT NULL,
	`entered_at` integer NOT NULL,
	`ended_by` text,
	`ended_at` integer,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`entered_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`ended_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `suspensions_by_member` ON `suspensions` (`member`);--> statement-breakpoint
CREATE INDEX `suspensions_by_branch` ON `suspensions` (`branch`);--> statement-breakpoint
ALTER TABLE `arrivals` ADD `scrutineer` text REFERENCES members(id);--> statement-breakpoint
ALTER TABLE `arrivals` ADD `confirmed_at` integer;--> statement-breakpoint
ALTER TABLE `closures` ADD `away` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `expectations` ADD `is_away` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `gathering_branches` ADD `away` integer DEFAULT 0 NOT NULL;
--> statement-breakpoint
-- The judged headcount has a part more: the expected people who are away and did not come.
DROP TRIGGER closures_count_everybody;
--> statement-breakpoint
CREATE TRIGGER closures_count_everybody BEFORE INSERT ON closures
WHEN (NEW.expected, NEW.away, NEW.expected_voters, NEW.present, NEW.present_voters) IS NOT (
  SELECT count(*), coalesce(sum(e.is_away AND a.member IS NULL), 0), coalesce(sum(e.votes), 0), count(a.member),
    coalesce(sum(e.votes AND a.member IS NOT NULL), 0)
  FROM expectations e LEFT JOIN arrivals a ON a.gathering = e.gathering AND a.member = e.member WHERE e.gathering = NEW.gathering)
BEGIN SELECT RAISE(ABORT, 'constraint: headcount moved'); END;
--> statement-breakpoint
DROP TRIGGER closures_count_marks;
--> statement-breakpoint
CREATE TRIGGER closures_count_marks BEFORE UPDATE ON closures
WHEN (NEW.expected, NEW.away, NEW.expected_voters, NEW.present, NEW.present_voters) IS NOT (
  SELECT count(*), coalesce(sum(e.is_away AND a.member IS NULL), 0), coalesce(sum(e.votes), 0), count(a.member),
    coalesce(sum(e.votes AND a.member IS NOT NULL), 0)
  FROM expectations e LEFT JOIN arrivals a ON a.gathering = e.gathering AND a.member = e.member WHERE e.gathering = NEW.gathering)
BEGIN SELECT RAISE(ABORT, 'constraint: headcount moved'); END;
--> statement-breakpoint
DROP TRIGGER gathering_branches_count_own;
--> statement-breakpoint
CREATE TRIGGER gathering_branches_count_own BEFORE UPDATE OF expected, away, present, expected_voters, present_voters ON gathering_branches
WHEN (NEW.expected, NEW.away, NEW.expected_voters, NEW.present, NEW.present_voters) IS NOT (
  SELECT count(*), coalesce(sum(e.is_away AND a.member IS NULL), 0), coalesce(sum(e.votes), 0), count(a.member),
    coalesce(sum(e.votes AND a.member IS NOT NULL), 0)
  FROM expectations e JOIN gatherings g ON g.id = e.gathering LEFT JOIN arrivals a ON a.gathering = e.gathering AND a.member = e.member
  WHERE e.gathering = NEW.gathering AND coalesce(e.branch, g.branch) = NEW.branch)
BEGIN SELECT RAISE(ABORT, 'constraint: headcount moved'); END;
--> statement-breakpoint
-- A host's mark is presence for a vote once somebody else in the room has confirmed it: not the host, the marker or the person marked.
CREATE TRIGGER arrivals_confirmed_by_another BEFORE UPDATE OF confirmed_at, scrutineer, way, "by" ON arrivals
WHEN NEW.confirmed_at IS NOT NULL AND (NEW.way <> 'mark' OR NEW.scrutineer IS NULL OR NEW.scrutineer IN (NEW.by, NEW.member)
  OR NEW.scrutineer = (SELECT g.called_by FROM gatherings g WHERE g.id = NEW.gathering))
BEGIN SELECT RAISE(ABORT, 'constraint: no scrutineer'); END;
--> statement-breakpoint
CREATE TRIGGER arrivals_come_unconfirmed BEFORE INSERT ON arrivals WHEN NEW.confirmed_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'constraint: no scrutineer'); END;
--> statement-breakpoint
-- The branch asks and the assessor answers, once, and nobody answers their own request.
CREATE TRIGGER exclusions_begin_unconfirmed BEFORE INSERT ON exclusions
WHEN NEW.confirmed_at IS NOT NULL OR NEW.refused_at IS NOT NULL OR NEW.ended_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'constraint: exclusion unconfirmed'); END;
--> statement-breakpoint
CREATE TRIGGER exclusions_answered_once BEFORE UPDATE OF confirmed_at, refused_at ON exclusions
WHEN coalesce(OLD.confirmed_at, OLD.refused_at, OLD.ended_at) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'constraint: exclusion answered'); END;
--> statement-breakpoint
CREATE TRIGGER exclusions_answered_by_another BEFORE UPDATE OF confirmed_by ON exclusions
WHEN NEW.confirmed_by IN (OLD.requested_by, OLD.member)
BEGIN SELECT RAISE(ABORT, 'constraint: own exclusion'); END;
--> statement-breakpoint
-- What was asked stays what was asked, and what ended stays ended: an old meeting's base is reckoned from these rows.
CREATE TRIGGER exclusions_stand BEFORE UPDATE OF branch, member, scope, reason, from_on, until_on, requested_by, requested_at ON exclusions
BEGIN SELECT RAISE(ABORT, 'constraint: exclusion stands'); END;
--> statement-breakpoint
CREATE TRIGGER exclusions_end_once BEFORE UPDATE OF ended_at ON exclusions WHEN OLD.ended_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'constraint: exclusion ended'); END;
--> statement-breakpoint
CREATE TRIGGER exclusions_are_kept BEFORE DELETE ON exclusions BEGIN SELECT RAISE(ABORT, 'constraint: exclusion stands'); END;
--> statement-breakpoint
CREATE TRIGGER suspensions_stand BEFORE UPDATE OF branch, member, kind, from_on, until_on, entered_by, entered_at ON suspensions
BEGIN SELECT RAISE(ABORT, 'constraint: suspension stands'); END;
--> statement-breakpoint
CREATE TRIGGER suspensions_end_once BEFORE UPDATE OF ended_at ON suspensions WHEN OLD.ended_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'constraint: suspension ended'); END;
--> statement-breakpoint
CREATE TRIGGER suspensions_are_kept BEFORE DELETE ON suspensions BEGIN SELECT RAISE(ABORT, 'constraint: suspension stands'); END;
