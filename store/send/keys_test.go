package send_test

import (
	"context"
	"path/filepath"
	"testing"

	"aead.dev/minisign"

	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/internal/storetest"
	"taizhang/store/send"
)

// TestKeysComeFromTheSource: the same seed gives the same ids and keys.
func TestKeysComeFromTheSource(t *testing.T) {
	ctx := context.Background()
	var keys, homes []string
	for _, seed := range []byte{1, 1, 2} {
		l := storetest.Create(t, filepath.Join(t.TempDir(), "ledger.db"), store.Options{Book: book.Standard, Source: storetest.Clock(seed)})
		public, err := send.PublicKey(ctx, l)
		storetest.Must(t, err)
		private, err := l.Setting(ctx, "signing_key")
		storetest.Must(t, err)
		var key minisign.PrivateKey
		storetest.Must(t, key.UnmarshalText([]byte(private)))
		if key.Public().(minisign.PublicKey).String() != public {
			t.Error("the keys are no pair")
		}
		keys, homes = append(keys, public), append(homes, l.Home().ID)
	}
	if keys[0] != keys[1] || keys[0] == keys[2] || homes[0] != homes[1] || homes[0] == homes[2] {
		t.Errorf("keys %v, homes %v", keys, homes)
	}
}
