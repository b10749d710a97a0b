package vault_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/vault"
)

// TestCloseAgain: what could not be encrypted on leaving stays in clear and is encrypted by
// another try, once the hindrance is gone.
func TestCloseAgain(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "ledger.db")
	l, err := book.Create(ctx, path, store.Home{Code: "990101001", Name: "石桥村党支部", Kind: "党支部", Domain: "行政村"}, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := vault.Encrypt(ctx, l, "门前两棵老槐树")
	if err != nil {
		t.Fatal(err)
	}
	sealed := path + vault.SealedSuffix
	if err := os.Remove(sealed); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(sealed, "挡住"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(ctx); err == nil {
		t.Fatal("it was encrypted over a folder")
	}
	if err := s.Close(ctx); err == nil {
		t.Fatal("the second try says that it was encrypted")
	}
	if _, err := os.Stat(path); err != nil {
		t.Fatalf("the plain ledger: %v", err)
	}
	if err := os.RemoveAll(sealed); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("the plain ledger is still there: %v", err)
	}
	if s, err = vault.Open(ctx, path, "门前两棵老槐树", store.Options{}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(ctx); err != nil {
		t.Error(err)
	}
}
