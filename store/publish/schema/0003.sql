-- The summary, scope by scope: what it costs grows as the scopes do. Each scope's numbers are
-- read by the key of their table and joined in memory, where the version before sorted the
-- numbers of all scopes four times over, on disk. One figure of each scope is read by the key
-- alone.
DROP INDEX taizhang.total_kind_figure_idx;
DROP INDEX taizhang.tally_unit_idx; -- a unit's numbers are found by its county too, which the key begins with
CREATE INDEX ON taizhang.total (kind, figure) WHERE kind IN ('county', 'between'); -- the parts of a figure
CREATE INDEX ON taizhang.total (kind) WHERE lacks > 0;
CREATE INDEX ON taizhang.tally (figure) WHERE lacks > 0;

CREATE OR REPLACE FUNCTION taizhang.summary(month text, by text DEFAULT 'all')
RETURNS TABLE (scope text, title text, "position" integer, figure text, heading text, label text, part text, value bigint, base bigint, percent numeric,
  measure text, counted text, goal integer, units bigint, lacking bigint)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
WITH figures AS (
  SELECT f.figure, min(f."position") AS "position", min(f.heading) AS heading, min(f.title) AS title, min(f.measure) AS measure,
    min(f.counted) AS counted, min(f.share_of) AS share_of, CASE WHEN min(f.goal) = max(f.goal) THEN min(f.goal) ELSE 0 END AS goal, bool_or(f.split) AS split
  FROM taizhang.figure f WHERE f.month = taizhang.month_of($1) GROUP BY f.figure
), parts AS MATERIALIZED (
  SELECT DISTINCT t.figure, t.part FROM taizhang.total t WHERE t.month = taizhang.month_of($1) AND t.kind = 'county' AND t.part <> ''
), lines AS MATERIALIZED (
  SELECT f.*, coalesce(o.split, false) AS base_split, coalesce(p.part, '') AS part
  FROM figures f LEFT JOIN figures o ON o.figure = f.share_of
  LEFT JOIN LATERAL (SELECT q.part FROM parts q WHERE f.split AND (q.figure = f.figure OR o.split AND q.figure = o.figure) GROUP BY q.part) p ON true
), sources AS MATERIALIZED ( -- the rows that a line is made of: its own, and those that it is a share of
  SELECT l.figure, l.part, l.figure AS source, l.part AS of_part, true AS own FROM lines l
  UNION ALL
  SELECT l.figure, l.part, l.share_of, CASE WHEN l.base_split THEN l.part ELSE '' END, false FROM lines l WHERE l.share_of IS NOT NULL
), numbers AS (
  SELECT '' AS scope, '合计' AS title, s.units, s.absent, v.*
  FROM (SELECT sum(s.units) AS units, bool_and(s.state = 'absent') FILTER (WHERE s.kind <> 'between') AS absent
    FROM taizhang.scope s WHERE s.month = taizhang.month_of($1) AND s.kind IN ('county', 'between') AND $2 = 'all' HAVING count(*) > 0) s
  CROSS JOIN LATERAL (
    SELECT x.figure, x.part, sum(t.value) FILTER (WHERE x.own) AS value, sum(t.value) FILTER (WHERE NOT x.own) AS base, sum(t.apart) FILTER (WHERE NOT x.own) AS apart
    FROM sources x LEFT JOIN taizhang.total t ON t.month = taizhang.month_of($1) AND t.kind IN ('county', 'between') AND t.figure = x.source AND t.part = x.of_part
    GROUP BY x.figure, x.part) v
  UNION ALL
  SELECT s.scope, s.title, s.units, s.absent, v.*
  FROM (SELECT s.scope, min(s.title) AS title, sum(s.units) AS units, bool_and(s.state = 'absent') FILTER (WHERE s.kind <> 'between') AS absent, array_agg(s.county) AS counties
    FROM taizhang.scope s WHERE s.month = taizhang.month_of($1) AND s.kind = $2 GROUP BY s.scope) s
  CROSS JOIN LATERAL (
    SELECT x.figure, x.part, sum(t.value) FILTER (WHERE x.own) AS value, sum(t.value) FILTER (WHERE NOT x.own) AS base, sum(t.apart) FILTER (WHERE NOT x.own) AS apart
    FROM sources x LEFT JOIN taizhang.total t ON t.county = ANY (s.counties) AND t.month = taizhang.month_of($1) AND t.kind = $2 AND t.scope = s.scope
      AND t.figure = x.source AND t.part = x.of_part
    GROUP BY x.figure, x.part) v
  UNION ALL
  SELECT u.unit, u.name, u.units, u.state = 'absent', v.*
  FROM taizhang.unit u
  CROSS JOIN LATERAL (
    SELECT x.figure, x.part, sum(t.value) FILTER (WHERE x.own) AS value, sum(t.value) FILTER (WHERE NOT x.own) AS base, sum(t.apart) FILTER (WHERE NOT x.own) AS apart
    FROM sources x LEFT JOIN taizhang.tally t ON t.county = u.county AND t.month = taizhang.month_of($1) AND t.unit = u.unit
      AND t.figure = x.source AND t.part = x.of_part
    GROUP BY x.figure, x.part) v
  WHERE u.month = taizhang.month_of($1) AND $2 = 'organization'
), lacking AS NOT MATERIALIZED (
  SELECT CASE WHEN $2 = 'all' THEN '' ELSE t.scope END AS scope, t.figure, sum(t.lacks) AS lacks
  FROM taizhang.total t WHERE t.month = taizhang.month_of($1) AND (t.kind = $2 OR $2 = 'all' AND t.kind IN ('county', 'between')) AND t.lacks > 0 GROUP BY 1, 2
  UNION ALL
  SELECT t.unit, t.figure, t.lacks FROM taizhang.tally t WHERE t.month = taizhang.month_of($1) AND t.lacks > 0 AND $2 = 'organization'
), counts AS (
  SELECT n.scope, n.title, n.units, l."position", l.figure, l.heading, l.title AS label, l.part, l.measure, l.counted, l.goal, l.share_of, nl.lacks AS lacks,
    n.absent OR coalesce(nl.lacks >= n.units, false) OR coalesce(ol.lacks >= n.units, false) AS unknown,
    coalesce(n.value, 0)::bigint AS value, (coalesce(n.base, 0) - CASE WHEN nl.lacks > 0 THEN coalesce(n.apart, 0) ELSE 0 END)::bigint AS base
  FROM numbers n JOIN lines l ON l.figure = n.figure AND l.part = n.part
  LEFT JOIN lacking nl ON nl.scope = n.scope AND nl.figure = l.figure
  LEFT JOIN lacking ol ON ol.scope = n.scope AND ol.figure = l.share_of
)
SELECT c.scope, c.title, c."position", c.figure, c.heading, c.label, c.part, CASE WHEN NOT c.unknown THEN c.value END,
  CASE WHEN NOT c.unknown AND c.share_of IS NOT NULL THEN c.base END,
  CASE WHEN NOT c.unknown AND c.share_of IS NOT NULL AND c.base > 0 THEN round(((c.value * 2000 + c.base) / (2 * c.base))::numeric / 10, 1) END,
  c.measure, c.counted, c.goal, c.units::bigint, coalesce(c.lacks, 0)::bigint
FROM counts c $$;
