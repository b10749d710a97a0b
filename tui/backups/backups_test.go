package backups_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/store/copies"
	"taizhang/tui"
	"taizhang/tui/tuitest/sample"
)

// TestBackups: the day's backup is made behind the first screen; the work table says that
// none lies elsewhere, and leads in one key to where one is made. A stick's asks for a
// passphrase once, and never again; the stick as second place gets its own at once.
func TestBackups(t *testing.T) {
	ctx := context.Background()
	for _, size := range sample.Sizes {
		l := sample.NewLedger(t)
		stick := t.TempDir()
		tm := sample.Start(t, tui.New(ctx, tui.Options{Ledger: l, Backups: true, Drives: func() []string { return []string{stick} }}), size.W, size.H)
		tm.WaitFor("别处还没有备份过")
		tm.WaitFor("该备份了")
		sample.OpenScreen(tm, "设置")
		for range 40 {
			if strings.Contains(tm.Screen(), "> 台账文件") {
				break
			}
			tm.Press("down")
		}
		tm.Press("enter")
		tm.WaitFor("台账旁边自己做的:1 份")
		tm.Press("enter")
		tm.WaitFor("再打一遍")
		tm.Type("石桥春耕九九")
		tm.Press("enter")
		tm.Type("石桥春耕九九")
		tm.Press("f2")
		tm.WaitFor("已备份:")
		tm.WaitFor("别处备份:")
		keys := 0
		press := func(key string) { tm.Press(key); keys++ }
		press("home")
		press("enter") // the second one within the same second would have the same name
		tm.WaitFor("已")
		if keys > 2 {
			t.Errorf("%d keys for a backup on a stick", keys)
		}
		for range 10 {
			if strings.Contains(tm.Screen(), "> 每天也备份到") {
				break
			}
			tm.Press("down")
		}
		tm.Press("enter")
		tm.WaitFor("> U盘")
		tm.Press("enter")
		tm.WaitFor("以后每天也备份到")
		tm.WaitFor("上的:1 份")
		own, err := filepath.Glob(filepath.Join(stick, "台账备份_*", "*.db.age"))
		if err != nil || len(own) != 1 || !copies.IsSealed(own[0]) {
			t.Errorf("%s: on the stick %v, %v", size.Name, own, err)
		}
		if plain, err := filepath.Glob(filepath.Join(stick, "*", "*.db")); err != nil || len(plain) > 0 {
			t.Errorf("%s: in clear on the stick: %v, %v", size.Name, plain, err)
		}
		text, err := os.ReadFile(own[0])
		if err != nil || !strings.HasPrefix(string(text), "age-encryption.org/v1") {
			t.Errorf("%s: %v", size.Name, err)
		}
	}
}
