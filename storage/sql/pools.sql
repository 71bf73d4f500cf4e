-- From what is handed in to pools.

-- name: handed_in(assessment)
-- Numbers only: nothing here says whose.
SELECT participants.group_id, parts.principle, COUNT(*)
FROM participants JOIN parts ON parts.participant = participants.id
WHERE participants.assessment = :assessment AND parts.handed_in = 1
GROUP BY participants.group_id, parts.principle;

-- name: batch(group_id, principle)
-- The columns in the order of PartRow. Ordered by an id that looks random, so that the order tells nothing.
SELECT parts.participant, parts.principle, parts.handed_in, parts.sealed
FROM participants JOIN parts ON parts.participant = participants.id
WHERE participants.group_id = :group_id AND parts.principle = :principle AND parts.handed_in = 1
ORDER BY parts.participant;

-- name: remove_handed_in(participant, principle, assessment)^
-- No row when it is not there to be poured: then the turn must fail.
DELETE FROM parts
WHERE participant = :participant AND principle = :principle AND handed_in = 1
  AND EXISTS (SELECT 1 FROM participants WHERE id = :participant AND assessment = :assessment)
RETURNING principle;

-- name: mark_spent(participant, principle, assessment)!
-- Fails when the mark is there already: nobody is poured twice.
INSERT INTO spent (participant, principle, assessment) VALUES (:participant, :principle, :assessment);

-- name: give_up_parts(assessment, group_id, principle)
-- Handed in or not: nothing of this cell can be poured any more.
DELETE FROM parts
WHERE principle = :principle
  AND participant IN (SELECT id FROM participants WHERE group_id = :group_id AND assessment = :assessment)
RETURNING participant;

-- name: give_up_marks(assessment, group_id, principle)!
-- Who was poured is not known any more, so everybody counts as poured.
INSERT INTO spent (participant, principle, assessment)
SELECT id, :principle, assessment FROM participants WHERE group_id = :group_id AND assessment = :assessment
ON CONFLICT (participant, principle) DO NOTHING;

-- name: pools(assessment)
-- The columns in the order of PoolRow.
SELECT assessment, group_id, principle, shown, hidden FROM pools WHERE assessment = :assessment;

-- name: put_pool(assessment, group_id, principle, shown, hidden)!
-- The first pouring makes it, the second changes it.
INSERT INTO pools (assessment, group_id, principle, shown, hidden)
VALUES (:assessment, :group_id, :principle, :shown, :hidden)
ON CONFLICT (assessment, group_id, principle) DO UPDATE SET shown = excluded.shown, hidden = excluded.hidden;
