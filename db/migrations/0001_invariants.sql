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
CREATE UNIQUE INDEX seats_held_once ON seats (member, role, coalesce(branch, committee, group_id, '')) WHERE until_at IS NULL;
