package bundle

import (
	"os"
	"path/filepath"
	"testing"
)

// TestSealedElse: what lies encrypted on the same stick and is no bundle is passed over; a
// bundle is known however it was renamed.
func TestSealedElse(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, want := range map[string]Looks{
		"990101101201_2026-10_0001.tzb": LooksSealed, "石桥村十月": LooksSealed, "990101101201_2026-10_0001.tzb.age": LooksSealed, "副本.TZB": LooksSealed,
		"台账备份_990101101201_20261129-065555.db.age": LooksOther, "忘记口令_请县里开锁.county.age": LooksOther, "开锁_990101101201.AGE": LooksOther, "ledger.db.age": LooksOther,
	} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(sealedIntro+"AAAA\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := Look(path); err != nil || got != want {
			t.Errorf("%s looks %d, %v", name, got, err)
		}
	}
}
