package book_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/internal/storetest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestSchema holds the whole DDL of the standard book for review.
func TestSchema(t *testing.T) {
	got, err := store.Schema(book.Standard)
	storetest.Must(t, err)
	golden := filepath.Join("..", "testdata", "schema.golden.sql")
	if *update {
		storetest.Must(t, os.MkdirAll(filepath.Dir(golden), 0o755))
		storetest.Must(t, os.WriteFile(golden, []byte(got), 0o644))
	}
	want, err := os.ReadFile(golden)
	storetest.Must(t, err)
	if got != string(want) {
		t.Errorf("the schema differs from %s; look at it, then run go test ./store/book -update", golden)
	}
	for line := range strings.SplitSeq(got, "\n") {
		if strings.HasPrefix(line, ") ") && !strings.Contains(line, "STRICT") {
			t.Errorf("a table that is not strict: %s", line)
		}
	}
}
