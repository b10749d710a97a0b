package publish

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"taizhang/model"
)

//go:embed schema/*.sql
var schemaFiles embed.FS

// leastServer is the oldest PostgreSQL that will do, as server_version_num says it.
const leastServer = 150000

// lockSchema is the advisory lock that who changes the schema holds.
const lockSchema = 0x7461697a68616e67 // "taizhang"

// partitioned are the tables of which each month has a partition.
var partitioned = []string{"figure", "unit", "scope", "tally", "total", "report"}

// begin makes the schema itself. What the roles are for stands in 0002.sql.
const begin = `CREATE SCHEMA IF NOT EXISTS taizhang;
COMMENT ON SCHEMA taizhang IS '台账的汇总数字:没有一个人。由 taizhang-publish 建立和更新';
CREATE TABLE IF NOT EXISTS taizhang.version (version integer PRIMARY KEY, at timestamptz NOT NULL DEFAULT now());
COMMENT ON TABLE taizhang.version IS '表的版本,一版一行';
COMMENT ON COLUMN taizhang.version.version IS '第几版';
COMMENT ON COLUMN taizhang.version.at IS '什么时候更新到这一版'`

// readerRole makes the role that may only read. Who is to read gets it: GRANT
// taizhang_reader TO somebody.
const readerRole = `CREATE ROLE taizhang_reader NOLOGIN;
COMMENT ON ROLE taizhang_reader IS '只能看台账的汇总数字,不能改;给谁看就 GRANT taizhang_reader TO 谁'`

// Migrate brings the schema to the version of this program and tells whether it changed
// anything. *model.Error: E-PG-OLD for a server before PostgreSQL 15, E-PG-NEWER for a
// schema of a newer program, E-PG-ROLE where the role of readers is not there and may not
// be made.
func Migrate(ctx context.Context, conn *pgx.Conn) (bool, error) {
	all, err := steps()
	if err != nil {
		return false, err
	}
	return migrate(ctx, conn, all)
}

// steps gives the statements of each version.
func steps() ([]string, error) {
	files, err := fs.Glob(schemaFiles, "schema/*.sql") // by name
	if err != nil {
		return nil, err
	}
	all := make([]string, len(files))
	for i, name := range files {
		text, err := schemaFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		all[i] = string(text)
	}
	return all, nil
}

// migrate runs the steps that the schema lacks; each is a version.
func migrate(ctx context.Context, conn *pgx.Conn, steps []string) (bool, error) {
	var server int
	var made bool
	err := conn.QueryRow(ctx, "SELECT current_setting('server_version_num')::integer, to_regclass('taizhang.version') IS NOT NULL").Scan(&server, &made)
	if err != nil {
		return false, fmt.Errorf("server's version: %w", err)
	}
	if server < leastServer {
		return false, model.Errorf("E-PG-OLD", "这台 PostgreSQL 是 %d.%d 版,要 15 或更新的;请先升级数据库", server/10000, server%10000)
	}
	if made { // the usual case takes no lock
		have, err := version(ctx, conn)
		if err != nil || have == len(steps) {
			return false, err
		}
	}
	return true, pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1)", int64(lockSchema)); err != nil {
			return fmt.Errorf("lock the schema: %w", err)
		}
		if err := makeReader(ctx, tx); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, begin, pgx.QueryExecModeSimpleProtocol); err != nil {
			return fmt.Errorf("make the schema: %w", err)
		}
		have, err := version(ctx, tx)
		if err != nil {
			return err
		}
		if have > len(steps) {
			return model.Errorf("E-PG-NEWER", "数据库里的表是更新的程序建的(第 %d 版,本程序到第 %d 版),没有动;请换用新的 taizhang-publish", have, len(steps))
		}
		for n := have; n < len(steps); n++ {
			if _, err := tx.Exec(ctx, steps[n], pgx.QueryExecModeSimpleProtocol); err != nil {
				return fmt.Errorf("version %d of the schema: %w", n+1, err)
			}
			if _, err := tx.Exec(ctx, "INSERT INTO taizhang.version (version) VALUES ($1)", n+1); err != nil {
				return fmt.Errorf("version %d of the schema: %w", n+1, err)
			}
		}
		return nil
	})
}

type queryer interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

func version(ctx context.Context, q queryer) (n int, err error) {
	if err = q.QueryRow(ctx, "SELECT coalesce(max(version), 0) FROM taizhang.version").Scan(&n); err != nil {
		return 0, fmt.Errorf("version of the schema: %w", err)
	}
	return n, nil
}

// makeReader makes the role of readers, which belongs to the whole server.
func makeReader(ctx context.Context, tx pgx.Tx) error {
	var have bool
	if err := tx.QueryRow(ctx, "SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'taizhang_reader')").Scan(&have); err != nil || have {
		return err
	}
	_, err := tx.Exec(ctx, readerRole, pgx.QueryExecModeSimpleProtocol)
	var refused *pgconn.PgError
	if errors.As(err, &refused) && refused.Code == "42501" { // insufficient_privilege
		return model.Errorf("E-PG-ROLE", "数据库里还没有 taizhang_reader 这个只读角色,现在的用户不能建;请数据库管理员运行一次 CREATE ROLE taizhang_reader NOLOGIN; 再发布")
	}
	return err
}

// makeMonth makes the partitions of a month that are not there. Attaching them, unlike
// making them in place, keeps no reader waiting.
func makeMonth(ctx context.Context, conn *pgx.Conn, month model.Month) error {
	name := strings.ReplaceAll(string(month), "-", "_")
	var have int
	if err := conn.QueryRow(ctx, `SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE n.nspname = 'taizhang' AND c.relispartition AND c.relkind IN ('r', 'p') AND c.relname LIKE '%\_' || $1`, name).Scan(&have); err != nil {
		return fmt.Errorf("partitions of %s: %w", month, err)
	}
	if have == len(partitioned) {
		return nil
	}
	return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1)", int64(lockSchema)); err != nil {
			return fmt.Errorf("lock the schema: %w", err)
		}
		for _, table := range partitioned {
			if err := makePartition(ctx, tx, table, table+"_"+name, month); err != nil {
				return fmt.Errorf("partition of %s for %s: %w", table, month, err)
			}
		}
		return nil
	})
}

func makePartition(ctx context.Context, tx pgx.Tx, table, part string, month model.Month) error {
	var have bool
	if err := tx.QueryRow(ctx, "SELECT to_regclass('taizhang.' || $1::text) IS NOT NULL", part).Scan(&have); err != nil || have {
		return err
	}
	_, err := tx.Exec(ctx, fmt.Sprintf(`CREATE TABLE taizhang.%[2]s (LIKE taizhang.%[1]s INCLUDING DEFAULTS INCLUDING COMMENTS);
ALTER TABLE taizhang.%[1]s ATTACH PARTITION taizhang.%[2]s FOR VALUES FROM ('%[3]s') TO ('%[4]s');
COMMENT ON TABLE taizhang.%[2]s IS '%[1]s 里%[5]s的部分:%[5]s的数不要了,可以 DROP TABLE'`,
		table, part, month.First(), month.Add(1).First(), month.Chinese()), pgx.QueryExecModeSimpleProtocol)
	return err
}
