CREATE TRIGGER gathering_branches_count_own BEFORE UPDATE OF expected, present, expected_voters, present_voters ON gathering_branches
WHEN (NEW.expected, NEW.expected_voters, NEW.present, NEW.present_voters) IS NOT (
  SELECT count(*), coalesce(sum(e.votes), 0), count(a.member), coalesce(sum(e.votes AND a.member IS NOT NULL), 0)
  FROM expectations e JOIN gatherings g ON g.id = e.gathering LEFT JOIN arrivals a ON a.gathering = e.gathering AND a.member = e.member
  WHERE e.gathering = NEW.gathering AND coalesce(e.branch, g.branch) = NEW.branch)
BEGIN SELECT RAISE(ABORT, 'constraint: headcount moved'); END;
