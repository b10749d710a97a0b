package bundle_test

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"

	"taizhang/store/bundle"
)

func countyKey(tb testing.TB, b byte) *bundle.CountyKey {
	tb.Helper()
	key, err := bundle.NewCountyKey(seed(b))
	must(tb, err)
	return key
}

func TestCountyKey(t *testing.T) {
	key := countyKey(t, 3)
	if again := countyKey(t, 3); again.Recipient() != key.Recipient() || again.PublicKey() != key.PublicKey() {
		t.Error("the same bytes give another key")
	}
	if other := countyKey(t, 4); other.Recipient() == key.Recipient() || other.PublicKey() == key.PublicKey() {
		t.Error("other bytes give the same key")
	}
	open, err := key.KeyFile(noon, "", 0)
	must(t, err)
	ids, err := age.ParseIdentities(bytes.NewReader(open))
	if err != nil || len(ids) != 1 {
		t.Fatalf("age reads %d identities from\n%s\n%v", len(ids), open, err)
	}
	locked, err := key.KeyFile(noon, "一把锁", 2)
	must(t, err)
	cases := []struct {
		name, want string
		file       []byte
		passphrase string
	}{
		{"open", "", open, ""},
		{"open, with line ends of Windows", "", bytes.ReplaceAll(open, []byte("\n"), []byte("\r\n")), ""},
		{"locked", "", locked, "一把锁"},
		{"locked, no passphrase", "E-PASSPHRASE", locked, ""},
		{"locked, another passphrase", "E-PASSPHRASE", locked, "两把锁"},
		{"locked, damaged", "E-KEY", append(locked[:len(locked)-1:len(locked)-1], locked[len(locked)-1]^1), "一把锁"},
		{"nothing", "E-KEY", nil, ""},
		{"no secret of minisign", "E-KEY", []byte(strings.Replace(string(open), "# minisign-secret", "# was", 1)), ""},
		{"a broken secret of minisign", "E-KEY", []byte(strings.Replace(string(open), "# minisign-secret: ", "# minisign-secret: x", 1)), ""},
		{"two identities", "E-KEY", append(open[:len(open):len(open)], []byte(key.Identity.String()+"\n")...), ""},
		{"another sort of file", "E-KEY", []byte("姓名,性别\n"), ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			k, err := bundle.ParseCountyKey(c.file, c.passphrase)
			if code(err) != c.want {
				t.Fatalf("got %v", err)
			}
			if err == nil && (k.Recipient() != key.Recipient() || k.PublicKey() != key.PublicKey()) {
				t.Error("another key came back")
			}
		})
	}
	if bundle.KeyLocked(open) || !bundle.KeyLocked(locked) {
		t.Error("open and locked are not told apart")
	}
}

func TestEncrypt(t *testing.T) {
	key, text := countyKey(t, 3), build(t, content()).ZIP
	var sealed bytes.Buffer
	must(t, bundle.Encrypt(&sealed, text, key.Recipient()))
	if code(bundle.Encrypt(io.Discard, text, "age1x")) != "E-PROFILE" {
		t.Error("a recipient that is none is taken")
	}
	broken := bytes.Clone(sealed.Bytes())
	broken[len(broken)-1] ^= 1
	cases := []struct {
		name, want string
		data       []byte
		key        *bundle.CountyKey
		plain      bool
	}{
		{"as it was written", "", sealed.Bytes(), key, false},
		{"plain", "", text, key, true},
		{"for another county", "E-BUNDLE-KEY", sealed.Bytes(), countyKey(t, 4), false},
		{"cut off", bundle.CodeZIP, sealed.Bytes()[:sealed.Len()-100], key, false},
		{"a bit changed", bundle.CodeZIP, broken, key, false},
		{"nothing", bundle.CodeZIP, nil, key, false},
		{"a picture", bundle.CodeZIP, []byte("\x89PNG\r\n\x1a\n and so on and on"), key, false},
		{"plain, far too large", bundle.CodeZIP, append([]byte("PK"), make([]byte, bundle.MaxSize+2<<20)...), key, true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, plain, err := bundle.Unwrap(bytes.NewReader(c.data), c.key.Identity)
			if code(err) != c.want || plain != c.plain {
				t.Fatalf("got %v, plain %v", err, plain)
			}
			if err == nil && !bytes.Equal(got, text) {
				t.Error("another text came back")
			}
		})
	}
}

func TestCheckDigits(t *testing.T) {
	key := countyKey(t, 3).PublicKey()
	if got := bundle.CheckDigits(key); got != bundle.CheckDigits(key+"\n") || len(got) != 9 || got[4] != ' ' {
		t.Error(got)
	}
	if bundle.CheckDigits(key) == bundle.CheckDigits(countyKey(t, 4).PublicKey()) {
		t.Error("two keys have the same digits")
	}
	// A change of these digits would make two versions of the program disagree.
	if got := bundle.CheckDigits("RWQQvXVOEPscaIKEkWkqZNcLDGU3ALk+0zrJQeP433UnfhRgVr1B62xM"); got != "6391 9023" {
		t.Error(got)
	}
}

// TestOrdinaryTools opens a bundle as the README says, where the tools are there.
func TestOrdinaryTools(t *testing.T) {
	for _, tool := range []string{"age", "unzip", "minisign"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("no %s here", tool)
		}
	}
	dir, key := t.TempDir(), countyKey(t, 3)
	w := build(t, content())
	var sealed bytes.Buffer
	must(t, bundle.Encrypt(&sealed, w.ZIP, key.Recipient()))
	file, err := key.KeyFile(noon, "", 0)
	must(t, err)
	must(t, os.WriteFile(filepath.Join(dir, "county.key"), file, 0o600))
	must(t, os.WriteFile(filepath.Join(dir, "F"), sealed.Bytes(), 0o600))
	for _, command := range [][]string{
		{"age", "-d", "-i", "county.key", "-o", "F.zip", "F"},
		{"unzip", "-t", "F.zip"},
		{"unzip", "-q", "F.zip"},
		{"minisign", "-Vm", "datapackage.json", "-P", w.Package.Taizhang.PublicKey},
	} {
		c := exec.Command(command[0], command[1:]...)
		c.Dir = dir
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", command, err, out)
		}
	}
}
