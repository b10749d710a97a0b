package publish_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"taizhang/model"
	"taizhang/store/book"
	"taizhang/store/demo/province"
	"taizhang/store/publish"
	"taizhang/store/publish/pgtest"

	"taizhang/store"
)

// small publishes a small province with two months into an empty database.
func small(t *testing.T) (*pgx.Conn, func(user string) string) {
	t.Helper()
	conn, url := connected(t)
	made, err := province.Make(t.Context(), t.TempDir(), province.Options{Units: 30, County: 10, Months: 2})
	must(t, err)
	l, err := book.Open(t.Context(), made.Ledger, store.Options{ReadOnly: true})
	must(t, err)
	defer func() { must(t, l.Close()) }()
	r, err := publish.Publish(t.Context(), l, conn, publish.Options{})
	must(t, err)
	if r.Months != 2 || r.Senders != 8 { // three counties and the office itself
		t.Errorf("published: %+v", r)
	}
	return conn, url
}

// TestEverythingSaysWhatItIs: each table, each partition, each of their columns and each
// function has a comment.
func TestEverythingSaysWhatItIs(t *testing.T) {
	conn, _ := small(t)
	rows, err := conn.Query(t.Context(), `
SELECT c.relname::text FROM pg_class c WHERE c.relnamespace = 'taizhang'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm') AND obj_description(c.oid, 'pg_class') IS NULL
UNION ALL
SELECT c.relname || '.' || a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = 'taizhang'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm') AND col_description(c.oid, a.attnum) IS NULL
UNION ALL
SELECT p.proname::text FROM pg_proc p WHERE p.pronamespace = 'taizhang'::regnamespace AND obj_description(p.oid, 'pg_proc') IS NULL`)
	must(t, err)
	silent, err := pgx.CollectRows(rows, pgx.RowTo[string])
	must(t, err)
	if len(silent) > 0 {
		t.Errorf("without a comment: %q", silent)
	}
	var tables, columns int
	must(t, conn.QueryRow(t.Context(), `SELECT count(DISTINCT c.oid), count(*) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
		WHERE c.relnamespace = 'taizhang'::regnamespace AND c.relkind IN ('r', 'p')`).Scan(&tables, &columns))
	if tables != 2+6+2*6 || columns < 100 { // version and office; six with a partition for each of two months
		t.Errorf("%d tables with %d columns", tables, columns)
	}
}

// TestDistributable: every table but the list of versions can be distributed by county:
// each key of it begins with that column, and its comment names the call.
func TestDistributable(t *testing.T) {
	conn, _ := small(t)
	rows, err := conn.Query(t.Context(), `SELECT c.relname::text FROM pg_class c WHERE c.relnamespace = 'taizhang'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
		AND c.relname <> 'version' AND (obj_description(c.oid) NOT LIKE '%create_distributed_table(''taizhang.' || c.relname || ''', ''county''%' OR NOT EXISTS (SELECT 1 FROM pg_index i
		JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0] WHERE i.indrelid = c.oid AND i.indisprimary AND a.attname = 'county'))`)
	must(t, err)
	if whole, err := pgx.CollectRows(rows, pgx.RowTo[string]); err != nil || len(whole) > 0 {
		t.Errorf("can't be distributed by county: %q %v", whole, err)
	}
}

// TestReaders: who has the role of readers sees everything and calls the functions, and
// can write nothing; who has not sees nothing; nobody can log in as the role itself.
func TestReaders(t *testing.T) {
	conn, url := small(t)
	ctx := t.Context()
	pgtest.Exec(t, url("postgres"), `DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'clerk') THEN CREATE ROLE clerk LOGIN; CREATE ROLE stranger LOGIN; END IF; END $$`,
		"GRANT taizhang_reader TO clerk")
	clerk, stranger := pgtest.Connect(t, url("clerk")), pgtest.Connect(t, url("stranger"))
	tables := []string{"version", "office", "figure", "unit", "scope", "tally", "total", "report", "tally_2026_10", "report_2026_09"}
	for _, table := range tables {
		var n int
		if err := clerk.QueryRow(ctx, "SELECT count(*) FROM taizhang."+table).Scan(&n); err != nil || n == 0 {
			t.Errorf("a reader sees %d rows of %s: %v", n, table, err)
		}
		refused(t, stranger, "SELECT count(*) FROM taizhang."+table)
		for _, text := range []string{"DELETE FROM taizhang." + table, "TRUNCATE taizhang." + table, "DROP TABLE taizhang." + table,
			"INSERT INTO taizhang." + table + " SELECT * FROM taizhang." + table, "ALTER TABLE taizhang." + table + " ADD COLUMN x text"} {
			refused(t, clerk, text)
		}
	}
	refused(t, clerk, "UPDATE taizhang.tally SET value = 0")
	refused(t, clerk, "CREATE TABLE taizhang.mine (x text)")
	refused(t, clerk, "SELECT * FROM taizhang.office FOR UPDATE")
	for _, call := range []string{"summary('2026-10', 'county')", "summary('2026-10')", "reporting('2026-10', 'township')"} {
		var n int
		if err := clerk.QueryRow(ctx, "SELECT count(*) FROM taizhang."+call).Scan(&n); err != nil || n == 0 {
			t.Errorf("a reader gets %d rows of %s: %v", n, call, err)
		}
		refused(t, stranger, "SELECT count(*) FROM taizhang."+call)
	}
	var login, member bool
	must(t, conn.QueryRow(ctx, "SELECT rolcanlogin, pg_has_role('clerk', 'taizhang_reader', 'USAGE') FROM pg_roles WHERE rolname = 'taizhang_reader'").Scan(&login, &member))
	if login || !member {
		t.Errorf("the role of readers logs in: %v, the reader has it: %v", login, member)
	}
}

// refused: a statement may not be run.
func refused(t *testing.T, conn *pgx.Conn, text string) {
	t.Helper()
	_, err := conn.Exec(t.Context(), text)
	var said *pgconn.PgError
	if !errors.As(err, &said) || said.Code != "42501" { // insufficient_privilege
		t.Errorf("%s: %v", text, err)
	}
}

// TestMigrations: the schema of an earlier version gets what it lacks and keeps its rows;
// that of a newer program is left alone.
func TestMigrations(t *testing.T) {
	conn, url := connected(t)
	ctx := t.Context()
	if changed, err := publish.Migrate(ctx, conn); err != nil || changed {
		t.Errorf("the same version again changed something: %v %v", changed, err)
	}
	pgtest.Exec(t, url("postgres"), `INSERT INTO taizhang.office (month, county, sender, name, level, detail, from_day, to_day, due, reported, digest)
		VALUES ('2026-10-01', '990101000000', '990101000000', '示例县', '县', 'unit', '2026-01-01', '2026-10-31', 1, 1, '')`)
	steps := publish.Steps(t)
	changed, err := publish.MigrateTo(ctx, conn, append(steps, "ALTER TABLE taizhang.office ADD COLUMN note text NOT NULL DEFAULT ''"))
	if err != nil || !changed {
		t.Errorf("a newer version: %v %v", changed, err)
	}
	var n, v int
	must(t, conn.QueryRow(ctx, "SELECT count(note), (SELECT max(version) FROM taizhang.version) FROM taizhang.office").Scan(&n, &v))
	if n != 1 || v != len(steps)+1 {
		t.Errorf("%d rows in version %d", n, v)
	}
	if _, err := publish.Migrate(ctx, conn); code(err) != "E-PG-NEWER" {
		t.Errorf("an older program: %v", err)
	}
	// A step that fails leaves the version before it.
	if _, err := publish.MigrateTo(ctx, conn, append(steps, "", "CREATE TABLE taizhang.half (x text); SELECT 1/0")); err == nil {
		t.Error("a step that fails was done")
	}
	must(t, conn.QueryRow(ctx, "SELECT max(version), (SELECT count(*) FROM pg_class WHERE relname = 'half') FROM taizhang.version").Scan(&v, &n))
	if v != len(steps)+1 || n != 0 {
		t.Errorf("half of a step is there: version %d", v)
	}
}

// TestMayNotMakeRoles: who may not make roles is told what the administrator has to run.
func TestMayNotMakeRoles(t *testing.T) {
	url := pgtest.Database(t)
	pgtest.Exec(t, url("postgres"), `DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'owner') THEN CREATE ROLE owner LOGIN; END IF; END $$`)
	conn := pgtest.Connect(t, url("owner"))
	if _, err := publish.Migrate(t.Context(), conn); code(publish.Explain(err)) != "E-PG-RIGHTS" {
		t.Errorf("a schema without the right to make one: %v", err)
	}
	var name string
	must(t, conn.QueryRow(t.Context(), "SELECT current_database()").Scan(&name))
	pgtest.Exec(t, url("postgres"), "GRANT CREATE ON DATABASE "+name+" TO owner")
	if _, err := publish.Migrate(t.Context(), conn); err != nil {
		t.Errorf("with that right: %v", err)
	}
}

func code(err error) string {
	var known *model.Error
	if errors.As(err, &known) {
		return known.Code
	}
	return ""
}

// TestAddresses: a password does not stand in the address, and over a network the server is
// verified.
func TestAddresses(t *testing.T) {
	for _, name := range []string{"PGHOST", "PGSSLMODE", "PGSSLROOTCERT", "PGPASSWORD", "PGSERVICE"} {
		t.Setenv(name, "")
	}
	for address, want := range map[string]string{
		"postgres://me@db.example/sums":                            "",
		"postgres://me@db.example:5433/sums?sslmode=verify-full":   "",
		"postgres://me@db.example/sums?sslmode=require":            "E-PG-TLS",
		"postgres://me@db.example/sums?sslmode=prefer":             "E-PG-TLS",
		"postgres://me@db.example/sums?sslmode=disable":            "E-PG-TLS",
		"postgres://me@one.example,two.example/sums?sslmode=allow": "E-PG-TLS",
		"postgres://me@localhost,two.example/sums?sslmode=disable": "E-PG-TLS",
		"postgres://me@127.0.0.1/sums":                             "",
		"postgres:///sums?host=/var/run/postgresql":                "",
		"postgres:///sums":                              "",
		"postgres://me:secret@db.example/sums":          "E-PG-PASSWORD",
		"postgres://me@db.example/sums?password=secret": "E-PG-PASSWORD",
		"host=db.example password=secret":               "E-PG-URL",
		"mysql://me@db.example/sums":                    "E-PG-URL",
		"":                                              "E-PG-URL",
	} {
		_, err := publish.ParseURL(address)
		if code(err) != want || err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v, not %q", address, err, want)
		}
	}
	t.Setenv("PGHOST", "db.example")
	c, err := publish.ParseURL("postgres:///sums")
	must(t, err)
	if c.TLSConfig == nil || c.TLSConfig.InsecureSkipVerify || c.TLSConfig.ServerName != "db.example" {
		t.Errorf("the host of the environment is not verified: %+v", c.TLSConfig)
	}
	t.Setenv("PGSSLMODE", "disable")
	if _, err := publish.ParseURL("postgres:///sums"); code(err) != "E-PG-TLS" {
		t.Errorf("the environment turns TLS off: %v", err)
	}
}

// TestNobodyThere: what can't be connected to is said in words.
func TestNobodyThere(t *testing.T) {
	url := pgtest.Database(t)
	for address, want := range map[string]string{
		"postgres:///sums?host=" + t.TempDir():                            "E-PG-CONNECT",
		strings.Replace(url("postgres"), "/test", "/no_such_test", 1):     "E-PG-DATABASE",
		strings.Replace(url("postgres"), "postgres@", "no_such_user@", 1): "E-PG-LOGIN",
	} {
		c, err := publish.ParseURL(address)
		must(t, err)
		if _, err := publish.Connect(t.Context(), c); code(err) != want {
			t.Errorf("%s: %v, not %s", address, err, want)
		}
	}
}
