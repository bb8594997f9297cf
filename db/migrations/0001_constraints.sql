CREATE UNIQUE INDEX seats_held_once ON seats (member, role, coalesce(branch, committee, group_id, '')) WHERE until_at IS NULL;
--> statement-breakpoint
-- What no two presses at once, no job and no later code may break. The deeds read the words and refuse in words of their own.
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'constraint: audit is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER audit_is_final BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'constraint: audit is append-only'); END;
--> statement-breakpoint
-- What was called off is attended by nobody.
CREATE TRIGGER arrivals_not_when_cancelled BEFORE INSERT ON arrivals
WHEN EXISTS (SELECT 1 FROM cancellations c WHERE c.gathering = NEW.gathering)
BEGIN SELECT RAISE(ABORT, 'constraint: gathering cancelled'); END;
--> statement-breakpoint
-- After the close nobody checks in; the host may still enter people for 24 hours, and for as long again after a re-opening.
CREATE TRIGGER arrivals_until_close BEFORE INSERT ON arrivals
WHEN NEW.way <> 'mark' AND EXISTS (SELECT 1 FROM closures c WHERE c.gathering = NEW.gathering)
BEGIN SELECT RAISE(ABORT, 'constraint: arrivals closed'); END;
--> statement-breakpoint
CREATE TRIGGER arrivals_until_lock BEFORE INSERT ON arrivals
WHEN EXISTS (SELECT 1 FROM closures c WHERE c.gathering = NEW.gathering AND c.at + 86400000 <= NEW.at)
  AND NOT EXISTS (SELECT 1 FROM reopenings r WHERE r.gathering = NEW.gathering AND r.at + 86400000 > NEW.at)
BEGIN SELECT RAISE(ABORT, 'constraint: attendance locked'); END;
--> statement-breakpoint
-- A close judges a headcount; if somebody arrived, joined or left between the look and the close, it judges again.
CREATE TRIGGER closures_count_everybody BEFORE INSERT ON closures
WHEN (NEW.expected, NEW.expected_voters, NEW.present, NEW.present_voters) IS NOT (
  SELECT count(*), coalesce(sum(e.votes), 0), count(a.member), coalesce(sum(e.votes AND a.member IS NOT NULL), 0)
  FROM expectations e LEFT JOIN arrivals a ON a.gathering = e.gathering AND a.member = e.member WHERE e.gathering = NEW.gathering)
BEGIN SELECT RAISE(ABORT, 'constraint: headcount moved'); END;
--> statement-breakpoint
CREATE TRIGGER closures_count_marks BEFORE UPDATE ON closures
WHEN (NEW.expected, NEW.expected_voters, NEW.present, NEW.present_voters) IS NOT (
  SELECT count(*), coalesce(sum(e.votes), 0), count(a.member), coalesce(sum(e.votes AND a.member IS NOT NULL), 0)
  FROM expectations e LEFT JOIN arrivals a ON a.gathering = e.gathering AND a.member = e.member WHERE e.gathering = NEW.gathering)
BEGIN SELECT RAISE(ABORT, 'constraint: headcount moved'); END;
--> statement-breakpoint
-- Four digits are guessed in ten thousand tries: each person has five at each gathering, however many come at once.
CREATE TRIGGER room_code_tries BEFORE INSERT ON audit
WHEN NEW.deed = 'attendance.tryCode' AND 5 <= (
  SELECT count(*) FROM audit a WHERE a.subject = NEW.subject AND a.actor = NEW.actor AND a.deed = NEW.deed)
BEGIN SELECT RAISE(ABORT, 'constraint: no tries left'); END;
--> statement-breakpoint
CREATE TRIGGER gathering_branches_count_own BEFORE UPDATE OF expected, present, expected_voters, present_voters ON gathering_branches
WHEN (NEW.expected, NEW.expected_voters, NEW.present, NEW.present_voters) IS NOT (
  SELECT count(*), coalesce(sum(e.votes), 0), count(a.member), coalesce(sum(e.votes AND a.member IS NOT NULL), 0)
  FROM expectations e JOIN gatherings g ON g.id = e.gathering LEFT JOIN arrivals a ON a.gathering = e.gathering AND a.member = e.member
  WHERE e.gathering = NEW.gathering AND coalesce(e.branch, g.branch) = NEW.branch)
BEGIN SELECT RAISE(ABORT, 'constraint: headcount moved'); END;
--> statement-breakpoint
-- What two assessors, a press and the clock, or a form sent twice must not both do.
CREATE TRIGGER assessments_published_once BEFORE UPDATE OF published_at ON assessments WHEN OLD.published_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'constraint: assessment published'); END;
--> statement-breakpoint
CREATE TRIGGER assessments_closing_once BEFORE UPDATE OF closing_at ON assessments WHEN OLD.closing_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'constraint: assessment closing'); END;
--> statement-breakpoint
CREATE TRIGGER assessments_close_after_publishing BEFORE UPDATE OF closing_at ON assessments WHEN OLD.published_at IS NULL
BEGIN SELECT RAISE(ABORT, 'constraint: assessment not published'); END;
--> statement-breakpoint
CREATE TRIGGER assessments_close_after_appeals BEFORE UPDATE OF closing_at ON assessments
WHEN EXISTS (SELECT 1 FROM appeals p JOIN branches b ON b.id = p.branch
  WHERE b.committee = OLD.committee AND p.quarter = OLD.quarter AND p.answered_at IS NULL)
BEGIN SELECT RAISE(ABORT, 'constraint: appeals waiting'); END;
--> statement-breakpoint
CREATE TRIGGER assessments_closed_once BEFORE UPDATE OF closed_at ON assessments WHEN OLD.closed_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'constraint: assessment closed'); END;
--> statement-breakpoint
CREATE TRIGGER self_assessments_until_publishing BEFORE INSERT ON self_assessments
WHEN EXISTS (SELECT 1 FROM assessments a JOIN branches b ON b.committee = a.committee
  WHERE b.id = NEW.branch AND a.quarter = NEW.quarter AND a.published_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'constraint: assessment published'); END;
--> statement-breakpoint
CREATE TRIGGER appeals_within_window BEFORE INSERT ON appeals
WHEN NOT EXISTS (SELECT 1 FROM assessments a JOIN branches b ON b.committee = a.committee
  WHERE b.id = NEW.branch AND a.quarter = NEW.quarter AND a.published_at IS NOT NULL AND a.closing_at IS NULL)
BEGIN SELECT RAISE(ABORT, 'constraint: appeals closed'); END;
--> statement-breakpoint
CREATE TRIGGER appeals_answered_once BEFORE UPDATE OF answered_at ON appeals WHEN OLD.answered_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'constraint: appeal answered'); END;
--> statement-breakpoint
CREATE TRIGGER attestations_settled_once BEFORE UPDATE ON attestations
WHEN coalesce(OLD.confirmed_at, OLD.refused_at, OLD.withdrawn_at) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'constraint: attestation settled'); END;
--> statement-breakpoint
CREATE TRIGGER findings_withdrawn_once BEFORE UPDATE OF withdrawn_at ON findings WHEN OLD.withdrawn_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'constraint: finding withdrawn'); END;
--> statement-breakpoint
CREATE TRIGGER results_are_final BEFORE UPDATE ON results
WHEN EXISTS (SELECT 1 FROM assessments a WHERE a.committee = OLD.committee AND a.quarter = OLD.quarter AND a.closed_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'constraint: result final'); END;
--> statement-breakpoint
CREATE TRIGGER results_are_kept BEFORE DELETE ON results
WHEN EXISTS (SELECT 1 FROM assessments a WHERE a.committee = OLD.committee AND a.quarter = OLD.quarter AND a.closed_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'constraint: result final'); END;
--> statement-breakpoint
CREATE TRIGGER last_twice_closed_once BEFORE UPDATE ON last_twice WHEN OLD.closed_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'constraint: item closed'); END;
--> statement-breakpoint
CREATE TRIGGER supports_ended_once BEFORE UPDATE OF outcome ON supports WHEN OLD.outcome IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'constraint: support ended'); END;
--> statement-breakpoint
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
--> statement-breakpoint
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
