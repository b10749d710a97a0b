package tui_test

import (
	"context"
	"path/filepath"
	"testing"

	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/kit"
	"taizhang/tui"
	"taizhang/tui/tuitest/sample"
)

// TestFirstRunRestoresACounty: on another computer a county's backup brings ledger and key
// back, once its passphrase is right.
func TestFirstRunRestoresACounty(t *testing.T) {
	ctx := context.Background()
	l, key := sample.OpenOffice(t)
	const secret = "柳河石桥春耕"
	file := filepath.Join(t.TempDir(), kit.Name(l))
	there, err := kit.KeyFor(ctx, l, filepath.Join(filepath.Dir(l.Path()), county.KeyFile), "")
	if err == nil {
		err = kit.Backup(ctx, l, file, kit.Options{Key: there, Passphrase: secret, WorkFactor: 2})
	}
	if err == nil {
		err = l.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), county.DBFile)
	tm := sample.Start(t, tui.New(ctx, tui.Options{Path: path}), 80, 24)
	tm.WaitFor("从备份恢复")
	tm.Press("down", "enter")
	tm.WaitFor("加了密的备份(.age)")
	tm.Type(file)
	tm.Press("f2")
	tm.WaitFor("请打它的口令")
	tm.Type("错的口令")
	tm.Press("f2")
	tm.WaitFor("口令不对")
	tm.Press("ctrl+u")
	tm.Type(secret)
	if got := tm.BeforeCursor(); len(got) < 6 || got[len(got)-6:] != "******" {
		t.Errorf("before the cursor stands %q", got)
	}
	tm.Press("f2")
	tm.WaitFor("各村上报")
	parsed, err := bundle.ParseCountyKey([]byte(sample.Read(t, filepath.Join(filepath.Dir(path), county.KeyFile))), "")
	if err != nil || parsed.PublicKey() != key.PublicKey() {
		t.Errorf("the key: %v", err)
	}
}
