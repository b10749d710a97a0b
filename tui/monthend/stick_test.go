package monthend_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"taizhang/store/disktest"
	"taizhang/store/send"
	"taizhang/tui"
	"taizhang/tui/tuitest/sample"
)

// TestStickAtMonthEnd: the stick that was offered is pulled out, put back, or another comes
// in its place before the export; nothing is written to the computer's own disk or to the
// other stick, and what to do stands under the folder.
func TestStickAtMonthEnd(t *testing.T) {
	cases := []struct {
		name, serial string // of the stick in the port when the export begins; "": none
		want         string
	}{
		{"pulled out", "", "请重新插上U盘"},
		{"another", "B", "已经不是"},
		{"put back", "A", "导出完成"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			v := answerVillage(t, sample.TwoProblems)
			media := t.TempDir()
			stick := filepath.Join(media, "U盘")
			if err := os.Mkdir(stick, 0o700); err != nil {
				t.Fatal(err)
			}
			var in atomic.Pointer[[2]string] // the serial number and the mounting of the stick in the port
			in.Store(&[2]string{"A", "first"})
			disktest.Use(t, disktest.Drives{Under: []string{media}, On: func(dir string) (string, string, error) {
				if _, err := os.Stat(dir); err != nil {
					return "", "", err
				}
				if now := in.Load(); strings.HasPrefix(dir, stick) && now[0] != "" {
					return now[1], now[0], nil
				}
				return "system", "S", nil
			}})
			tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: v.l, Drives: func() []string { return []string{stick} }}), 80, 24)
			tm.Press("f9")
			tm.WaitFor("U盘")
			setDir(tm, stick)
			in.Store(&[2]string{c.serial, "second"})
			tm.Press("f2")
			if strings.Contains(tm.Screen(), "还有错误没有改正") {
				tm.Press("down", "enter")
			}
			tm.WaitFor(c.want)
			entries, err := os.ReadDir(stick)
			if err != nil || (len(entries) > 0) != (c.want == "导出完成") {
				t.Errorf("in the folder: %v, %v", entries, err)
			}
			sent, err := send.SentBundles(context.Background(), v.l)
			if err != nil || len(sent) == 0 || c.want == "导出完成" && sent[0].State != "待回执" {
				t.Errorf("bundles: %v, %v", sent, err)
			}
		})
	}
}
