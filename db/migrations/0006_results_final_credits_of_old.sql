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
INSERT INTO credits (branch, part, subject, gathering, at)
WITH w(kind, part, per_group) AS (VALUES ('committee', '12.committee', 0), ('general', '12.general', 0), ('group', '12.group', 1), ('lecture', '12.lecture', 0),
  ('committeeStudy', '6.study', 0), ('memberStudy', '10.study', 0), ('themeDay', '10.study', 0), ('life', '7.life', 0), ('integrity', '22.judged', 0), ('talkGathering', '17.judged', 0))
SELECT gb.branch, w.part, CASE WHEN w.per_group THEN coalesce(g.group_id, '') ELSE '' END, g.id, g.starts_at
FROM gatherings g JOIN closures c ON c.gathering = g.id JOIN gathering_branches gb ON gb.gathering = g.id JOIN w ON w.kind = g.kind
WHERE coalesce(gb.is_quorate, c.is_quorate);
