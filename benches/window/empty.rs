//! A window with nothing in it, from the same toolkit with the same renderer: what `benches/window.sh` measures ours
//! against.

fn main() -> eframe::Result {
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default().with_title("Empty").with_inner_size([1280.0, 800.0]),
        #[cfg(not(any(windows, target_os = "macos")))]
        renderer: eframe::Renderer::Glow,
        #[cfg(any(windows, target_os = "macos"))]
        renderer: eframe::Renderer::Wgpu,
        ..eframe::NativeOptions::default()
    };
    eframe::run_native("Empty", options, Box::new(|_| Ok(Box::new(Empty))))
}

struct Empty;

impl eframe::App for Empty {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        egui::CentralPanel::default().show(ui, |_| {});
    }
}
