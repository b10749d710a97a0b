-- The summary, who has reported, and what readers may do.
CREATE FUNCTION taizhang.month_of(month text) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT make_date(left($1, 4)::integer, substr($1, 6, 2)::integer, 1) $$;
COMMENT ON FUNCTION taizhang.month_of(text) IS '月份 2026-06(或其中的一天 2026-06-30)写成这个月的第一天';

CREATE FUNCTION taizhang.summary(month text, by text DEFAULT 'all')
RETURNS TABLE (scope text, title text, "position" integer, figure text, heading text, label text, part text, value bigint, base bigint, percent numeric,
  measure text, counted text, goal integer, units bigint, lacking bigint)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
WITH figures AS (
  SELECT f.figure, min(f."position") AS "position", min(f.heading) AS heading, min(f.title) AS title, min(f.measure) AS measure,
    min(f.counted) AS counted, min(f.share_of) AS share_of, CASE WHEN min(f.goal) = max(f.goal) THEN min(f.goal) ELSE 0 END AS goal, bool_or(f.split) AS split
  FROM taizhang.figure f WHERE f.month = taizhang.month_of($1) GROUP BY f.figure
), parts AS MATERIALIZED (
  SELECT DISTINCT t.figure, t.part FROM taizhang.total t WHERE t.month = taizhang.month_of($1) AND t.kind = 'county' AND t.part <> ''
), lines AS (
  SELECT f.*, coalesce(o.split, false) AS base_split, coalesce(p.part, '') AS part
  FROM figures f LEFT JOIN figures o ON o.figure = f.share_of
  LEFT JOIN LATERAL (SELECT q.part FROM parts q WHERE f.split AND (q.figure = f.figure OR o.split AND q.figure = o.figure) GROUP BY q.part) p ON true
), scopes AS NOT MATERIALIZED (
  SELECT CASE WHEN $2 = 'all' THEN '' ELSE s.scope END AS scope, CASE WHEN $2 = 'all' THEN '合计' ELSE min(s.title) END AS title, sum(s.units) AS units,
    bool_and(s.state = 'absent') FILTER (WHERE s.kind <> 'between') AS absent
  FROM taizhang.scope s WHERE s.month = taizhang.month_of($1) AND (s.kind = $2 OR $2 = 'all' AND s.kind IN ('county', 'between')) GROUP BY 1
  UNION ALL
  SELECT u.unit, u.name, u.units, u.state = 'absent' FROM taizhang.unit u WHERE u.month = taizhang.month_of($1) AND $2 = 'organization'
), numbers AS NOT MATERIALIZED (
  SELECT CASE WHEN $2 = 'all' THEN '' ELSE t.scope END AS scope, t.figure, t.part, sum(t.value)::bigint AS value, sum(t.apart)::bigint AS apart, sum(t.lacks) AS lacks
  FROM taizhang.total t WHERE t.month = taizhang.month_of($1) AND (t.kind = $2 OR $2 = 'all' AND t.kind IN ('county', 'between')) GROUP BY 1, 2, 3
  UNION ALL
  SELECT t.unit, t.figure, t.part, t.value, t.apart, t.lacks FROM taizhang.tally t WHERE t.month = taizhang.month_of($1) AND $2 = 'organization'
), counts AS NOT MATERIALIZED (
  SELECT s.scope, s.title, s.units, l."position", l.figure, l.heading, l.title AS label, l.part, l.measure, l.counted, l.goal, l.share_of, nl.lacks AS lacks,
    s.absent OR coalesce(nl.lacks >= s.units, false) OR coalesce(ol.lacks >= s.units, false) AS unknown,
    coalesce(n.value, 0) AS value, coalesce(o.value, 0) - CASE WHEN nl.lacks > 0 THEN coalesce(o.apart, 0) ELSE 0 END AS base
  FROM scopes s CROSS JOIN lines l
  LEFT JOIN numbers n ON n.scope = s.scope AND n.figure = l.figure AND n.part = l.part
  LEFT JOIN numbers nl ON nl.scope = s.scope AND nl.figure = l.figure AND nl.part = '' AND nl.lacks > 0
  LEFT JOIN numbers o ON o.scope = s.scope AND o.figure = l.share_of AND o.part = CASE WHEN l.base_split THEN l.part ELSE '' END
  LEFT JOIN numbers ol ON ol.scope = s.scope AND ol.figure = l.share_of AND ol.part = '' AND ol.lacks > 0
)
SELECT c.scope, c.title, c."position", c.figure, c.heading, c.label, c.part, CASE WHEN NOT c.unknown THEN c.value END,
  CASE WHEN NOT c.unknown AND c.share_of IS NOT NULL THEN c.base END,
  CASE WHEN NOT c.unknown AND c.share_of IS NOT NULL AND c.base > 0 THEN round(((c.value * 2000 + c.base) / (2 * c.base))::numeric / 10, 1) END,
  c.measure, c.counted, c.goal, c.units::bigint, coalesce(c.lacks, 0)::bigint
FROM counts c $$;
COMMENT ON FUNCTION taizhang.summary(text, text) IS '汇总,与 report summary 一个数也不差。month:2026-06;by:all 合计、city 地市(省里)、county 县、township 乡镇、domain 领域、organization 单位。value 为空的没有数(—),base 是比例的分母,percent 是百分数;counted 为 heads 的,几个县合起来是各县之和;钱(measure 为元)按分';

CREATE FUNCTION taizhang.reporting(month text, by text DEFAULT 'all')
RETURNS TABLE (scope text, title text, due bigint, reported bigint)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
SELECT CASE WHEN $2 = 'all' THEN '' ELSE o.county END, CASE WHEN $2 = 'all' THEN '合计' ELSE min(o.name) END, sum(o.due), sum(o.reported)
FROM taizhang.office o WHERE o.month = taizhang.month_of($1) AND $2 IN ('all', 'county') GROUP BY 1
UNION ALL
SELECT CASE $2 WHEN 'township' THEN r.county || '/' || r.township WHEN 'domain' THEN r.domain ELSE r.unit END,
  min(CASE $2 WHEN 'township' THEN r.township WHEN 'domain' THEN r.domain ELSE r.name END), CASE WHEN bool_and(r.due IS NOT NULL) THEN count(*) FILTER (WHERE r.due) END,
  count(*) FILTER (WHERE r.reported)
FROM taizhang.report r WHERE r.month = taizhang.month_of($1) AND $2 IN ('township', 'domain', 'organization') GROUP BY 1 $$;
COMMENT ON FUNCTION taizhang.reporting(text, text) IS '应报和实报的单位数;下级没有说哪些单位应报的,应报为空。month:2026-06;by:all、county、township、domain、organization';

CREATE FUNCTION taizhang.disagreement(month text)
RETURNS TABLE (county text, figure text, part text, total bigint, units bigint)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
SELECT county, figure, part, coalesce(c.value, 0), coalesce(u.value, 0) FROM
  (SELECT t.county, t.figure, t.part, t.value FROM taizhang.total t WHERE t.month = taizhang.month_of($1) AND t.kind = 'county') c
  FULL JOIN (SELECT t.county, t.figure, t.part, sum(t.value)::bigint AS value FROM taizhang.tally t WHERE t.month = taizhang.month_of($1) GROUP BY 1, 2, 3) u
  USING (county, figure, part)
WHERE coalesce(c.value, 0) <> coalesce(u.value, 0)
  AND county IN (SELECT o.county FROM taizhang.office o WHERE o.month = taizhang.month_of($1) AND o.detail = 'unit')
  AND (county, figure) NOT IN (SELECT f.county, f.figure FROM taizhang.figure f WHERE f.month = taizhang.month_of($1) AND f.counted = 'heads') $$;
COMMENT ON FUNCTION taizhang.disagreement(text) IS '核对:各县的数里,能由各单位加出来的,与各单位之和不同的。没有行就是全部一致';

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA taizhang FROM PUBLIC;
GRANT USAGE ON SCHEMA taizhang TO taizhang_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA taizhang TO taizhang_reader;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA taizhang TO taizhang_reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA taizhang GRANT SELECT ON TABLES TO taizhang_reader;
