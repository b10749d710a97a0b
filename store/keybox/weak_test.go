package keybox_test

import (
	"testing"

	"taizhang/store/keybox"
)

func TestWeak(t *testing.T) {
	known := []string{"石桥村党支部", "990101101201", "石桥村"}
	for passphrase, weak := range map[string]bool{
		"111111": true, "123456": true, "abcdef": true, "qwerty": true, "654321": true, "19700302": true, "10012345678": true,
		"石桥村党支部": true, "石桥村123": true, "990101101201": true, "aaaaaaaaaaaa": true, "sqzs83": true,
		"春风又绿江南岸": false, "门前两棵老槐树": false, "laohuaishu2棵": false, "hei-mu-er 7 dou": false, "石桥村的老槐树有两棵": false,
	} {
		if got := keybox.Weak(passphrase, known...); (got != "") != weak {
			t.Errorf("%s: %q", passphrase, got)
		}
	}
}
