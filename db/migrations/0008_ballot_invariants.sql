-- What no two presses at once, no job and no later code may break. The deeds read the words and refuse in words of their own.
CREATE TRIGGER turnout_while_open BEFORE INSERT ON turnout
WHEN EXISTS (SELECT 1 FROM ballot_closures c WHERE c.ballot = NEW.ballot) OR EXISTS (SELECT 1 FROM ballot_cancellations c WHERE c.ballot = NEW.ballot)
BEGIN SELECT RAISE(ABORT, 'constraint: ballot over'); END;
--> statement-breakpoint
CREATE TRIGGER turnout_of_electorate BEFORE INSERT ON turnout
WHEN NOT EXISTS (SELECT 1 FROM electorates e WHERE e.ballot = NEW.ballot AND e.member = NEW.member)
BEGIN SELECT RAISE(ABORT, 'constraint: no vote'); END;
--> statement-breakpoint
CREATE TRIGGER turnout_is_kept BEFORE DELETE ON turnout BEGIN SELECT RAISE(ABORT, 'constraint: turnout is kept'); END;
--> statement-breakpoint
CREATE TRIGGER turnout_is_final BEFORE UPDATE ON turnout BEGIN SELECT RAISE(ABORT, 'constraint: turnout is kept'); END;
--> statement-breakpoint
-- Additions are logged; nobody is taken out, and nobody is added to what is over.
CREATE TRIGGER electorates_are_kept BEFORE DELETE ON electorates BEGIN SELECT RAISE(ABORT, 'constraint: electorate is kept'); END;
--> statement-breakpoint
CREATE TRIGGER electorates_are_final BEFORE UPDATE ON electorates BEGIN SELECT RAISE(ABORT, 'constraint: electorate is kept'); END;
--> statement-breakpoint
CREATE TRIGGER electorates_while_open BEFORE INSERT ON electorates
WHEN EXISTS (SELECT 1 FROM ballot_closures c WHERE c.ballot = NEW.ballot) OR EXISTS (SELECT 1 FROM ballot_cancellations c WHERE c.ballot = NEW.ballot)
BEGIN SELECT RAISE(ABORT, 'constraint: ballot over'); END;
--> statement-breakpoint
-- What was asked stays what was asked once somebody has answered, and secret stays secret.
CREATE TRIGGER ballots_question_frozen BEFORE UPDATE OF question, title ON ballots
WHEN (NEW.question IS NOT OLD.question OR NEW.title IS NOT OLD.title) AND (EXISTS (SELECT 1 FROM turnout t WHERE t.ballot = OLD.id)
  OR EXISTS (SELECT 1 FROM ballot_codes c WHERE c.ballot = OLD.id AND c.is_used))
BEGIN SELECT RAISE(ABORT, 'constraint: question frozen'); END;
--> statement-breakpoint
CREATE TRIGGER ballots_kind_frozen BEFORE UPDATE OF "use", is_secret, public_key, opened_by, opened_at, branch, committee ON ballots
BEGIN SELECT RAISE(ABORT, 'constraint: ballot frozen'); END;
--> statement-breakpoint
CREATE TRIGGER ballots_key_destroyed_once BEFORE UPDATE OF wrapped_key ON ballots
WHEN NEW.wrapped_key IS NOT NULL BEGIN SELECT RAISE(ABORT, 'constraint: ballot frozen'); END;
--> statement-breakpoint
-- A secret vote goes into the store without names, a named one into the other, and neither when the box is emptied.
CREATE TRIGGER marks_of_secret BEFORE INSERT ON marks
WHEN NOT EXISTS (SELECT 1 FROM ballots b WHERE b.id = NEW.ballot AND b.is_secret AND b.wrapped_key IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'constraint: ballot over'); END;
--> statement-breakpoint
CREATE TRIGGER marks_are_sealed BEFORE UPDATE ON marks BEGIN SELECT RAISE(ABORT, 'constraint: marks are sealed'); END;
--> statement-breakpoint
CREATE TRIGGER marks_until_counted BEFORE DELETE ON marks
WHEN NOT EXISTS (SELECT 1 FROM ballot_results r WHERE r.ballot = OLD.ballot)
  AND NOT EXISTS (SELECT 1 FROM ballot_cancellations c WHERE c.ballot = OLD.ballot)
BEGIN SELECT RAISE(ABORT, 'constraint: marks are sealed'); END;
--> statement-breakpoint
CREATE TRIGGER named_votes_of_named BEFORE INSERT ON named_votes
WHEN NOT EXISTS (SELECT 1 FROM ballots b WHERE b.id = NEW.ballot AND NOT b.is_secret)
BEGIN SELECT RAISE(ABORT, 'constraint: ballot over'); END;
--> statement-breakpoint
CREATE TRIGGER named_votes_while_open BEFORE UPDATE OF sealed ON named_votes
WHEN NEW.sealed <> '[]' AND (EXISTS (SELECT 1 FROM ballot_closures c WHERE c.ballot = NEW.ballot)
  OR EXISTS (SELECT 1 FROM ballot_cancellations c WHERE c.ballot = NEW.ballot))
BEGIN SELECT RAISE(ABORT, 'constraint: ballot over'); END;
--> statement-breakpoint
CREATE TRIGGER ballot_codes_once BEFORE UPDATE ON ballot_codes
WHEN OLD.is_used OR NEW.hash IS NOT OLD.hash OR NEW.ballot IS NOT OLD.ballot
BEGIN SELECT RAISE(ABORT, 'constraint: code used'); END;
--> statement-breakpoint
CREATE TRIGGER ballot_codes_while_open BEFORE UPDATE ON ballot_codes
WHEN EXISTS (SELECT 1 FROM ballot_closures c WHERE c.ballot = NEW.ballot) OR EXISTS (SELECT 1 FROM ballot_cancellations c WHERE c.ballot = NEW.ballot)
BEGIN SELECT RAISE(ABORT, 'constraint: ballot over'); END;
--> statement-breakpoint
-- One end, by press or by clock.
CREATE TRIGGER ballot_closures_not_cancelled BEFORE INSERT ON ballot_closures
WHEN EXISTS (SELECT 1 FROM ballot_cancellations c WHERE c.ballot = NEW.ballot)
BEGIN SELECT RAISE(ABORT, 'constraint: ballot over'); END;
--> statement-breakpoint
CREATE TRIGGER ballot_cancellations_not_closed BEFORE INSERT ON ballot_cancellations
WHEN EXISTS (SELECT 1 FROM ballot_closures c WHERE c.ballot = NEW.ballot)
BEGIN SELECT RAISE(ABORT, 'constraint: ballot over'); END;
--> statement-breakpoint
CREATE TRIGGER ballot_results_of_closed BEFORE INSERT ON ballot_results
WHEN NOT EXISTS (SELECT 1 FROM ballot_closures c WHERE c.ballot = NEW.ballot)
BEGIN SELECT RAISE(ABORT, 'constraint: ballot open'); END;
