package main

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// source is what a commit holds, laid out in a folder of its own, so that nothing else
// that lies about is built in.
type source struct {
	dir     string
	version string
	commit  string
	date    time.Time // of the commit, UTC
}

// export lays out the commit that is checked out in the repository of a folder.
func export(ctx context.Context, dir string) (*source, error) {
	told, err := output(ctx, dir, "git", "show", "--no-patch", "--no-show-signature", "--format=%H %ct", "HEAD")
	if err != nil {
		return nil, err
	}
	hash, stamp, _ := strings.Cut(strings.TrimSpace(string(told)), " ")
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil {
		return nil, fmt.Errorf("commit date: %w", err)
	}
	top, err := output(ctx, dir, "git", "rev-parse", "--show-toplevel")
	if err != nil {
		return nil, err
	}
	files, err := output(ctx, strings.TrimSpace(string(top)), "git", "archive", "--format=tar", hash)
	if err != nil {
		return nil, err
	}
	s := &source{commit: hash, date: time.Unix(seconds, 0).UTC()}
	if s.dir, err = os.MkdirTemp("", "taizhang-release-"); err != nil {
		return nil, err
	}
	if err := unpack(s.dir, files); err != nil {
		return nil, errors.Join(err, os.RemoveAll(s.dir))
	}
	if s.version, err = versionIn(filepath.Join(s.dir, "cmd", "taizhang", "version.go")); err != nil {
		return nil, errors.Join(err, os.RemoveAll(s.dir))
	}
	return s, nil
}

func (s *source) remove() {
	if err := os.RemoveAll(s.dir); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
	}
}

func (s *source) day() string { return s.date.Format(time.DateOnly) }

// unpack lays out the files of a tar; those of a repository are folders and plain files.
func unpack(dir string, data []byte) error {
	r := tar.NewReader(bytes.NewReader(data))
	for {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if h.Typeflag != tar.TypeReg {
			continue
		}
		if !filepath.IsLocal(h.Name) {
			return fmt.Errorf("%s lies outside the repository", h.Name)
		}
		path := filepath.Join(dir, filepath.FromSlash(h.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil { //nolint:gosec // A copy of what is published.
			return err
		}
		text, err := io.ReadAll(r)
		if err != nil {
			return err
		}
		if err := os.WriteFile(path, text, 0o644); err != nil { //nolint:gosec // Likewise.
			return err
		}
	}
}

// versionIn reads the number that the program's source says of itself.
func versionIn(path string) (string, error) {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	if err != nil {
		return "", err
	}
	number := ""
	ast.Inspect(file, func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok && len(v.Names) == 1 && v.Names[0].Name == "version" && len(v.Values) == 1 {
			if text, ok := v.Values[0].(*ast.BasicLit); ok && text.Kind == token.STRING {
				number, err = strconv.Unquote(text.Value)
			}
		}
		return true
	})
	if err != nil || number == "" {
		return "", fmt.Errorf("%s names no version: %w", path, errors.Join(err, errors.ErrUnsupported))
	}
	return number, nil
}

// output runs a program in a folder and gives what it writes.
func output(ctx context.Context, dir, name string, args ...string) ([]byte, error) {
	c := exec.CommandContext(ctx, name, args...)
	c.Dir = dir
	var wrong bytes.Buffer
	c.Stderr = &wrong
	out, err := c.Output()
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w: %s", name, args[0], err, strings.TrimSpace(wrong.String()))
	}
	return out, nil
}
