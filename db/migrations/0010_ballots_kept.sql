-- What is over stays as it came out: an end is not taken back, and no result is written anew.
CREATE TRIGGER ballot_results_are_final BEFORE UPDATE ON ballot_results BEGIN SELECT RAISE(ABORT, 'constraint: ballot result final'); END;
--> statement-breakpoint
CREATE TRIGGER ballot_results_are_kept BEFORE DELETE ON ballot_results BEGIN SELECT RAISE(ABORT, 'constraint: ballot result final'); END;
--> statement-breakpoint
CREATE TRIGGER ballot_closures_are_final BEFORE UPDATE ON ballot_closures BEGIN SELECT RAISE(ABORT, 'constraint: ballot over'); END;
--> statement-breakpoint
CREATE TRIGGER ballot_closures_are_kept BEFORE DELETE ON ballot_closures BEGIN SELECT RAISE(ABORT, 'constraint: ballot over'); END;
--> statement-breakpoint
CREATE TRIGGER ballot_cancellations_are_final BEFORE UPDATE ON ballot_cancellations BEGIN SELECT RAISE(ABORT, 'constraint: ballot over'); END;
--> statement-breakpoint
CREATE TRIGGER ballot_cancellations_are_kept BEFORE DELETE ON ballot_cancellations BEGIN SELECT RAISE(ABORT, 'constraint: ballot over'); END;
--> statement-breakpoint
-- A vote that was promised time keeps it.
CREATE TRIGGER ballots_later_only BEFORE UPDATE OF closes_at ON ballots
WHEN NEW.closes_at < OLD.closes_at BEGIN SELECT RAISE(ABORT, 'constraint: ballot frozen'); END;
--> statement-breakpoint
-- Codes are given out for a secret ballot that is open, and none is taken back while it is: the count of those given out stands.
CREATE TRIGGER ballot_codes_of_open BEFORE INSERT ON ballot_codes
WHEN NEW.is_used OR NOT EXISTS (SELECT 1 FROM ballots b WHERE b.id = NEW.ballot AND b.is_secret)
  OR EXISTS (SELECT 1 FROM ballot_closures c WHERE c.ballot = NEW.ballot) OR EXISTS (SELECT 1 FROM ballot_cancellations c WHERE c.ballot = NEW.ballot)
BEGIN SELECT RAISE(ABORT, 'constraint: ballot over'); END;
--> statement-breakpoint
CREATE TRIGGER ballot_codes_are_kept BEFORE DELETE ON ballot_codes
WHEN NOT EXISTS (SELECT 1 FROM ballot_results r WHERE r.ballot = OLD.ballot)
  AND NOT EXISTS (SELECT 1 FROM ballot_cancellations c WHERE c.ballot = OLD.ballot)
BEGIN SELECT RAISE(ABORT, 'constraint: codes are kept'); END;
--> statement-breakpoint
-- A named vote is of somebody who took part, cast while it is open, and kept.
CREATE TRIGGER named_votes_of_turnout BEFORE INSERT ON named_votes
WHEN NOT EXISTS (SELECT 1 FROM turnout t WHERE t.ballot = NEW.ballot AND t.member = NEW.member)
  OR EXISTS (SELECT 1 FROM ballot_closures c WHERE c.ballot = NEW.ballot) OR EXISTS (SELECT 1 FROM ballot_cancellations c WHERE c.ballot = NEW.ballot)
BEGIN SELECT RAISE(ABORT, 'constraint: ballot over'); END;
--> statement-breakpoint
CREATE TRIGGER named_votes_are_kept BEFORE DELETE ON named_votes BEGIN SELECT RAISE(ABORT, 'constraint: turnout is kept'); END;
--> statement-breakpoint
-- What somebody was told an appeal alone changes, and an appeal is answered once.
CREATE TRIGGER member_grades_told_stand BEFORE UPDATE ON member_grades
WHEN OLD.told_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'constraint: grade told'); END;
--> statement-breakpoint
CREATE TRIGGER grade_appeals_answered_once BEFORE UPDATE ON grade_appeals
WHEN OLD.answered_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'constraint: appeal answered'); END;
