package publish

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"
)

// Steps gives the schema's versions.
func Steps(tb testing.TB) []string {
	tb.Helper()
	all, err := steps()
	if err != nil {
		tb.Fatal(err)
	}
	return all
}

// MigrateTo migrates with other versions.
func MigrateTo(ctx context.Context, conn *pgx.Conn, steps []string) (bool, error) {
	return migrate(ctx, conn, steps)
}
