// Command release builds everything that is handed out, from the commit that is checked
// out: for each platform an archive with the program, the manual, the licences and
// something to double-click, for Linux desktops a .deb; for computing centres an archive
// with the program that publishes; and the list of checksums.
//
//	go run ./cmd/release --out DIR
//
// It needs Go and, to read the commit, git. The same commit and the same Go give the same
// bytes, from any folder and any clone: what is built is what the commit holds, all times
// are the commit's, and the program is told version, commit and day by the linker.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, ".", os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

// run releases the commit of the repository that dir lies in.
func run(ctx context.Context, dir string, args []string, said io.Writer) error {
	flags := flag.NewFlagSet("release", flag.ContinueOnError)
	out := flags.String("out", "", "write to this folder; it is made if it is not there")
	only := flags.String("only", "", "build these platforms alone, such as linux/amd64,windows/386")
	number := flags.String("version", "", "the version's number; that of cmd/taizhang/version.go if left out")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *out == "" || flags.NArg() > 0 {
		return fmt.Errorf("usage: go run ./cmd/release --out DIR")
	}
	targets, err := choose(*only)
	if err != nil {
		return err
	}
	source, err := export(ctx, dir)
	if err != nil {
		return err
	}
	defer source.remove()
	if *number != "" {
		source.version = strings.TrimPrefix(*number, "v")
	}
	if err := os.MkdirAll(*out, 0o755); err != nil { //nolint:gosec // To be handed out.
		return err
	}
	if _, err := fmt.Fprintf(said, "taizhang %s, %s, %s\n", source.version, source.commit, source.day()); err != nil {
		return err
	}
	return source.release(ctx, *out, targets, said)
}

// release writes the archives and packages of the targets, and the list of their sums.
func (s *source) release(ctx context.Context, out string, targets []target, said io.Writer) error {
	papers, err := s.papers(ctx)
	if err != nil {
		return err
	}
	var names []string
	for _, t := range targets {
		for _, p := range t.products() {
			program, err := s.build(ctx, p, t)
			if err != nil {
				return fmt.Errorf("%s for %s: %w", p.name, t, err)
			}
			made, err := s.pack(out, p, t, program, papers)
			if err != nil {
				return fmt.Errorf("%s for %s: %w", p.name, t, err)
			}
			for _, name := range made {
				if _, err := fmt.Fprintf(said, "%s (program: %d bytes)\n", name, len(program)); err != nil {
					return err
				}
			}
			names = append(names, made...)
		}
	}
	return writeSums(out, names)
}

// pack writes what is handed out of a product for a platform and gives the files' names.
func (s *source) pack(out string, p product, t target, program []byte, papers papers) ([]string, error) {
	if p == publisher {
		name, err := s.archive(out, p, t, papers.withPublisher(t, program))
		return []string{name}, err
	}
	name, err := s.archive(out, p, t, append(t.shortcuts(), papers.with(t, program)...))
	if err != nil || t.deb == "" {
		return []string{name}, err
	}
	deb, err := s.writeDeb(out, t, program, papers)
	return []string{name, deb}, err
}
