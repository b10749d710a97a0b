-- What an office publishes of its ledger: numbers alone. No table has a column of a person.
CREATE TABLE taizhang.office (
  month date NOT NULL, county text NOT NULL, sender text NOT NULL, name text NOT NULL, level text NOT NULL, detail text NOT NULL,
  from_day date NOT NULL, to_day date NOT NULL, closed_at timestamptz, due integer NOT NULL, reported integer NOT NULL,
  digest bytea NOT NULL, published_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county, month));
COMMENT ON TABLE taizhang.office IS '每个县每个月一行:哪里发布的、是不是封了账、应报和实报各多少。Citus:SELECT create_distributed_table(''taizhang.office'', ''county'');';
COMMENT ON COLUMN taizhang.office.month IS '月份,写作这个月的第一天';
COMMENT ON COLUMN taizhang.office.county IS '县委组织部的组织代码;地市不分县的数(各领域),是地市的代码';
COMMENT ON COLUMN taizhang.office.sender IS '这些数是哪一级报来的:县自己的代码,或报送的地市的代码';
COMMENT ON COLUMN taizhang.office.name IS '单位名称';
COMMENT ON COLUMN taizhang.office.level IS '级别:县、地市、省';
COMMENT ON COLUMN taizhang.office.detail IS '细到哪里:township 到乡镇,unit 到单位';
COMMENT ON COLUMN taizhang.office.from_day IS '全年数从哪一天算起';
COMMENT ON COLUMN taizhang.office.to_day IS '时点数是哪一天的';
COMMENT ON COLUMN taizhang.office.closed_at IS '封账的时间;空的没有封账,数字还会变';
COMMENT ON COLUMN taizhang.office.due IS '应报的单位数';
COMMENT ON COLUMN taizhang.office.reported IS '实报的单位数';
COMMENT ON COLUMN taizhang.office.digest IS '这一行和这个县的指标名称的校验值(SHA-256),一样的不再写';
COMMENT ON COLUMN taizhang.office.published_at IS '最后一次有变动的发布时间';

CREATE TABLE taizhang.figure (
  month date NOT NULL, county text NOT NULL, figure text NOT NULL, "position" integer NOT NULL, heading text NOT NULL, title text NOT NULL,
  measure text NOT NULL, counted text NOT NULL, share_of text, goal integer NOT NULL, split boolean NOT NULL,
  PRIMARY KEY (county, month, figure)) PARTITION BY RANGE (month);
COMMENT ON TABLE taizhang.figure IS '指标:代码、名称、计量单位、怎样数。Citus:SELECT create_distributed_table(''taizhang.figure'', ''county'');';
COMMENT ON COLUMN taizhang.figure.month IS '月份,写作这个月的第一天';
COMMENT ON COLUMN taizhang.figure.county IS '县的代码,见 office.county';
COMMENT ON COLUMN taizhang.figure.figure IS '指标和项,例如 A02.members';
COMMENT ON COLUMN taizhang.figure."position" IS '在汇总表里的先后';
COMMENT ON COLUMN taizhang.figure.heading IS '指标的名称,例如 党员数';
COMMENT ON COLUMN taizhang.figure.title IS '项的名称,例如 其中女';
COMMENT ON COLUMN taizhang.figure.measure IS '计量单位;写“元”的,数按分存';
COMMENT ON COLUMN taizhang.figure.counted IS '怎样数:rows 个数,heads 不重复的个数(几个范围的合起来是各县之和),sum 合计';
COMMENT ON COLUMN taizhang.figure.share_of IS '占哪一项的比例;空的不是比例';
COMMENT ON COLUMN taizhang.figure.goal IS '目标(百分比);0 没有目标';
COMMENT ON COLUMN taizhang.figure.split IS '是不是分部分数(按类别、级别等)';

CREATE TABLE taizhang.unit (
  month date NOT NULL, county text NOT NULL, unit text NOT NULL, name text NOT NULL, township text NOT NULL, domain text NOT NULL, kind text NOT NULL,
  units integer NOT NULL, state text NOT NULL, digest bytea NOT NULL,
  PRIMARY KEY (county, month, unit)) PARTITION BY RANGE (month);
COMMENT ON TABLE taizhang.unit IS '党组织,照那个月的名称、乡镇和领域。Citus:SELECT create_distributed_table(''taizhang.unit'', ''county'');';
COMMENT ON COLUMN taizhang.unit.month IS '月份,写作这个月的第一天';
COMMENT ON COLUMN taizhang.unit.county IS '县的代码,见 office.county';
COMMENT ON COLUMN taizhang.unit.unit IS '组织代码';
COMMENT ON COLUMN taizhang.unit.name IS '名称';
COMMENT ON COLUMN taizhang.unit.township IS '乡镇;空的是县本级';
COMMENT ON COLUMN taizhang.unit.domain IS '所在领域';
COMMENT ON COLUMN taizhang.unit.kind IS '组织类别:党支部、党总支等';
COMMENT ON COLUMN taizhang.unit.units IS '算几个单位:1;已撤销、还没有数的为 0';
COMMENT ON COLUMN taizhang.unit.state IS '情形:空、absent 没有数、later 有的记录说的是以后的样子';
COMMENT ON COLUMN taizhang.unit.digest IS '这一行和它的数的校验值(SHA-256),一样的不再写';

CREATE TABLE taizhang.scope (
  month date NOT NULL, county text NOT NULL, kind text NOT NULL, scope text NOT NULL, title text NOT NULL, units integer NOT NULL, state text NOT NULL,
  digest bytea NOT NULL, PRIMARY KEY (county, month, kind, scope)) PARTITION BY RANGE (month);
COMMENT ON TABLE taizhang.scope IS '范围:县、乡镇、领域,以及各县之间互转的更正。Citus:SELECT create_distributed_table(''taizhang.scope'', ''county'');';
COMMENT ON COLUMN taizhang.scope.month IS '月份,写作这个月的第一天';
COMMENT ON COLUMN taizhang.scope.county IS '县的代码,见 office.county';
COMMENT ON COLUMN taizhang.scope.kind IS '种类:county 县、city 地市、township 乡镇、domain 领域、between 合计与各县之和的差(省里:县与县之间互转的党员)';
COMMENT ON COLUMN taizhang.scope.scope IS '县的代码、县的代码/乡镇名、领域';
COMMENT ON COLUMN taizhang.scope.title IS '名称';
COMMENT ON COLUMN taizhang.scope.units IS '里面的单位数';
COMMENT ON COLUMN taizhang.scope.state IS '情形:空、absent 没有数、later 有的记录说的是以后的样子';
COMMENT ON COLUMN taizhang.scope.digest IS '这一行和它的数的校验值(SHA-256),一样的不再写';

CREATE TABLE taizhang.tally (
  month date NOT NULL, county text NOT NULL, unit text NOT NULL, figure text NOT NULL, part text NOT NULL, value bigint NOT NULL, apart bigint, lacks integer,
  PRIMARY KEY (county, month, unit, figure, part)) PARTITION BY RANGE (month);
COMMENT ON TABLE taizhang.tally IS '每个单位每个月的数;没有的行是 0。Citus:SELECT create_distributed_table(''taizhang.tally'', ''county'', colocate_with => ''taizhang.unit'');';
COMMENT ON COLUMN taizhang.tally.month IS '月份,写作这个月的第一天';
COMMENT ON COLUMN taizhang.tally.county IS '县的代码,见 office.county';
COMMENT ON COLUMN taizhang.tally.unit IS '组织代码';
COMMENT ON COLUMN taizhang.tally.figure IS '指标和项,见 figure';
COMMENT ON COLUMN taizhang.tally.part IS '分部分数的,是哪一部分;不分的为空';
COMMENT ON COLUMN taizhang.tally.value IS '数;钱按分';
COMMENT ON COLUMN taizhang.tally.apart IS '其中算不出比例的单位的数:算比例时从分母里减去';
COMMENT ON COLUMN taizhang.tally.lacks IS '没有这一项的数的单位数(只在 part 为空的行上)';

CREATE INDEX ON taizhang.tally (unit); -- one unit over the months, and by summary(…, 'organization')

CREATE TABLE taizhang.total (
  month date NOT NULL, county text NOT NULL, kind text NOT NULL, scope text NOT NULL, figure text NOT NULL, part text NOT NULL,
  value bigint NOT NULL, apart bigint, lacks integer,
  PRIMARY KEY (county, month, kind, scope, figure, part)) PARTITION BY RANGE (month);
COMMENT ON TABLE taizhang.total IS '每个县、乡镇、领域每个月的数:不重复的个数不能从各单位加出来,所以另存;能加的,disagreement() 核对与各单位之和一致。Citus:SELECT create_distributed_table(''taizhang.total'', ''county'', colocate_with => ''taizhang.unit'');';
COMMENT ON COLUMN taizhang.total.month IS '月份,写作这个月的第一天';
COMMENT ON COLUMN taizhang.total.county IS '县的代码,见 office.county';
COMMENT ON COLUMN taizhang.total.kind IS '范围的种类,见 scope';
COMMENT ON COLUMN taizhang.total.scope IS '范围,见 scope';
COMMENT ON COLUMN taizhang.total.figure IS '指标和项,见 figure';
COMMENT ON COLUMN taizhang.total.part IS '分部分数的,是哪一部分;不分的为空';
COMMENT ON COLUMN taizhang.total.value IS '数;钱按分';
COMMENT ON COLUMN taizhang.total.apart IS '其中算不出比例的单位的数:算比例时从分母里减去';
COMMENT ON COLUMN taizhang.total.lacks IS '没有这一项的数的单位数(只在 part 为空的行上)';
CREATE INDEX ON taizhang.total (kind, figure);

CREATE TABLE taizhang.report (
  month date NOT NULL, county text NOT NULL, unit text NOT NULL, name text NOT NULL, township text NOT NULL, domain text NOT NULL,
  due boolean, reported boolean NOT NULL, state text, received_at timestamptz, sequence integer, newest date, problems integer,
  digest bytea NOT NULL, PRIMARY KEY (county, month, unit)) PARTITION BY RANGE (month);
COMMENT ON TABLE taizhang.report IS '报送情况:哪个单位这个月报了没有。Citus:SELECT create_distributed_table(''taizhang.report'', ''county'');';
COMMENT ON COLUMN taizhang.report.month IS '月份,写作这个月的第一天';
COMMENT ON COLUMN taizhang.report.county IS '县的代码,见 office.county';
COMMENT ON COLUMN taizhang.report.unit IS '组织代码';
COMMENT ON COLUMN taizhang.report.name IS '名称';
COMMENT ON COLUMN taizhang.report.township IS '乡镇';
COMMENT ON COLUMN taizhang.report.domain IS '所在领域';
COMMENT ON COLUMN taizhang.report.due IS '是不是应报;封了账的月份照封账时;由下级转来的不知道,为空';
COMMENT ON COLUMN taizhang.report.reported IS '报了没有;封了账的月份照封账时';
COMMENT ON COLUMN taizhang.report.state IS '处理结果:未报、拒收、待核实、逾期报、已报有问题、已报等;由下级转来的不知道,为空';
COMMENT ON COLUMN taizhang.report.received_at IS '这个月的报送包第一次收下的时间';
COMMENT ON COLUMN taizhang.report.sequence IS '这个月最后收下的报送包的序号';
COMMENT ON COLUMN taizhang.report.newest IS '收下过的最新的报送包是哪个月的';
COMMENT ON COLUMN taizhang.report.problems IS '这个月最后收下的报送包有几个问题';
COMMENT ON COLUMN taizhang.report.digest IS '这一行的校验值(SHA-256),一样的不再写';
